package io.flockwork.worker.lease;

import io.flockwork.sdk.identity.MemberCheck;
import io.flockwork.sdk.identity.Revocations;
import io.flockwork.sdk.model.WorkerInfo;

/**
 * How a worker works for its grid.
 *
 * @param self the worker
 * @param members by whom jobs must be signed that are run here
 * @param revocations who is a member no more; cores bring news of it
 * @param saboteur share of answers that it falsifies; 0 for an honest worker
 */
public record LeaseSettings(WorkerInfo self, MemberCheck members, Revocations revocations, double saboteur) {}
