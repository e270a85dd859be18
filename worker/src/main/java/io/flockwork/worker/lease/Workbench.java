package io.flockwork.worker.lease;

import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.model.UnitOutcome;
import io.flockwork.sdk.wire.WorkerMessage.Answer;
import io.flockwork.sdk.wire.WorkerMessage.JobNotice;
import io.flockwork.sdk.wire.WorkerMessage.LeasedUnit;
import io.flockwork.worker.runtime.OutcomeListener.Ended;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** Where units are worked on, off the agent's thread. Nothing here blocks; answers come back on the agent's thread. */
interface Workbench {
    /** Brings the units' inputs and runs them. */
    void run(JobNotice notice, List<LeasedUnit> units, Consumer<List<Ended>> ended);

    /** Stores a long result here, where it outlives this worker. The answer is a failure when it cannot be stored. */
    void store(UnitOutcome.Done done, Consumer<Answer> answered);

    /**
     * Gives a stored result to the master's core, as well as can be: what the core lacks it will not acknowledge. The answer
     * is a failure when the result is no longer here.
     */
    void upload(Address core, Answer.Uploaded stored, Consumer<Answer> answered);

    /** Runs these no further. */
    void drop(JobId job, Collection<Span> units);

    /** Runs nothing of this job any more. */
    void close(JobId job);
}
