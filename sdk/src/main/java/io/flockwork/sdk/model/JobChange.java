package io.flockwork.sdk.model;

import java.util.Optional;

/** A step of a job, applied atomically where its record lives. A step that is not legal changes nothing. */
public sealed interface JobChange {
    /** The record after this change, or empty when the change is refused. */
    Optional<JobRecord> applyTo(JobRecord job);

    /** {@code master} leads the job from now on, as the one after {@code afterEpoch}. */
    record Claim(NodeId master, int afterEpoch) implements JobChange {
        @Override
        public Optional<JobRecord> applyTo(JobRecord job) {
            if (job.epoch() != afterEpoch || !job.state().next().contains(JobState.RUNNING)) {
                return Optional.empty();
            }
            return Optional.of(new JobRecord(
                    job.id(),
                    job.spec(),
                    job.seal(),
                    JobState.RUNNING,
                    afterEpoch + 1,
                    Optional.of(master),
                    job.submittedMillis(),
                    Optional.empty()));
        }
    }

    /** The master of {@code epoch} says how the job ended. */
    record End(int epoch, JobState state, Outcome outcome) implements JobChange {
        @Override
        public Optional<JobRecord> applyTo(JobRecord job) {
            boolean legal = state.ended() && job.state().next().contains(state) && job.epoch() == epoch;
            return legal ? Optional.of(ended(job, state, outcome)) : Optional.empty();
        }
    }

    /** The submitter no longer wants the job. */
    record Cancel(long nowMillis) implements JobChange {
        @Override
        public Optional<JobRecord> applyTo(JobRecord job) {
            if (!job.state().next().contains(JobState.CANCELLED)) {
                return Optional.empty();
            }
            Outcome outcome =
                    new Outcome("cancelled", Optional.empty(), Optional.empty(), 0, Guarantee.ONE_WORKER, nowMillis);
            return Optional.of(ended(job, JobState.CANCELLED, outcome));
        }
    }

    private static JobRecord ended(JobRecord job, JobState state, Outcome outcome) {
        return new JobRecord(
                job.id(),
                job.spec(),
                job.seal(),
                state,
                job.epoch(),
                job.master(),
                job.submittedMillis(),
                Optional.of(outcome));
    }
}
