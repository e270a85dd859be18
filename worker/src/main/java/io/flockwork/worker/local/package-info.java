/**
 * A job's units on this machine with no grid at all, for those who write jobs: {@code flockwork run --local}. The master's splitting and
 * ending, the worker's runner, and nothing of the network.
 */
package io.flockwork.worker.local;
