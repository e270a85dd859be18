package io.flockwork.sdk.model;

import java.util.Optional;

/**
 * What the whole mesh knows of a job. Changed only by a {@link JobChange}, on the member that owns the job's key.
 *
 * @param seal who handed the job in, for anybody to check
 * @param epoch how often a master has taken the job; a master of an older epoch is refused
 * @param master the core worker that leads the job, absent until the first one does
 * @param outcome present when the state is an end
 */
public record JobRecord(
        JobId id,
        JobSpec spec,
        JobSeal seal,
        JobState state,
        int epoch,
        Optional<NodeId> master,
        long submittedMillis,
        Optional<Outcome> outcome) {

    /** A job just submitted. */
    public static JobRecord submitted(JobId id, JobSpec spec, JobSeal seal, long nowMillis) {
        return new JobRecord(id, spec, seal, JobState.WAITING, 0, Optional.empty(), nowMillis, Optional.empty());
    }
}
