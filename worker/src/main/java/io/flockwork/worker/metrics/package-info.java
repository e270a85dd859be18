/** A worker's numbers for Prometheus, read from the parts that have them. {@code docs/MONITORING.md} says what each means. */
package io.flockwork.worker.metrics;
