package io.flockwork.worker.mesh;

import com.hazelcast.map.EntryProcessor;
import io.flockwork.sdk.model.JobChange;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.model.JobState;
import java.util.Map;
import java.util.Optional;

/**
 * Runs a {@link JobChange} where the record lives.
 *
 * @param again true when an earlier try of this very change may have been applied although its answer was lost
 */
record ChangeJob(JobChange step, boolean again) implements EntryProcessor<String, JobRecord, Optional<JobRecord>> {
    @Override
    public Optional<JobRecord> process(Map.Entry<String, JobRecord> entry) {
        JobRecord job = entry.getValue();
        if (job == null) {
            return Optional.empty();
        }
        Optional<JobRecord> changed = step.applyTo(job);
        changed.ifPresent(entry::setValue);
        return changed.isEmpty() && again && isDone(job) ? Optional.of(job) : changed;
    }

    private boolean isDone(JobRecord job) {
        if (step instanceof JobChange.Claim claim) {
            return job.state() == JobState.RUNNING
                    && job.epoch() == claim.afterEpoch() + 1
                    && job.master().equals(Optional.of(claim.master()));
        }
        if (step instanceof JobChange.End end) {
            return job.state() == end.state() && job.outcome().equals(Optional.of(end.outcome()));
        }
        return job.state() == JobState.CANCELLED;
    }
}
