package io.flockwork.sdk.proof;

import io.flockwork.sdk.identity.MemberCheck;
import io.flockwork.sdk.model.JobRecord;

/** Hears the parts of a proof in this order: the job, its units in unit order, then batches, each after the witness for it. */
public interface ProofSink {
    /**
     * What was computed, for whom, and how it ended.
     *
     * @param authority that the proof is said to rest on
     */
    void job(MemberCheck authority, JobRecord job);

    /** What became of the next unit. */
    void unit(FinalUnit unit);

    /** By what the batches of a worker can be checked. */
    void witness(Witness witness);

    /** Votes. */
    void batch(VoteBatch batch);
}
