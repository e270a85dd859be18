package io.flockwork.worker.lease;

import io.flockwork.sdk.identity.Credentials;
import io.flockwork.sdk.identity.Revocations;
import io.flockwork.sdk.model.WorkerInfo;

/**
 * How a worker works for its grid.
 *
 * @param self the worker
 * @param credentials by which it signs its votes, and knows who may sign jobs that are run here
 * @param revocations who is a member no more; cores bring news of it
 * @param dishonesty how it lies
 * @param units hears of its units
 */
public record LeaseSettings(
        WorkerInfo self, Credentials credentials, Revocations revocations, Dishonesty dishonesty, UnitListener units) {}
