package io.flockwork.worker.lease;

import io.flockwork.sdk.model.WorkerInfo;

/**
 * How a worker works for its grid.
 *
 * @param self the worker
 * @param saboteur share of answers that it falsifies; 0 for an honest worker
 */
public record LeaseSettings(WorkerInfo self, double saboteur) {}
