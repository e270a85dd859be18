package io.flockwork.worker.lease;

import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.WorkerInfo;

/**
 * How a worker works for its grid.
 *
 * @param self the worker
 * @param home the core that tells it which jobs there are
 * @param saboteur share of answers that it falsifies; 0 for an honest worker
 */
public record LeaseSettings(WorkerInfo self, Address home, double saboteur) {}
