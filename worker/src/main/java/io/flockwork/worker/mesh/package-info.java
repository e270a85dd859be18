/**
 * What the core workers know together: one Hazelcast cluster, and the way into it. No other package imports Hazelcast.
 */
package io.flockwork.worker.mesh;
