package io.flockwork.worker.control;

import io.flockwork.sdk.model.JobId;
import io.flockwork.worker.lease.AgentStatus;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The agent that is asked. Safe for use by many threads. */
public interface Agent {
    /** What it does now. */
    CompletionStage<AgentStatus> status();

    /** Stops, or goes on; what {@link #status} tells after this knows of it. */
    void pause(boolean paused);

    /** What keeps units from this machine, in one sentence. */
    String protection();

    /** Slots that compute now. */
    int busySlots();

    /** What the job's submitter calls it, where this machine knows that. May block for a moment. */
    Optional<String> nameOf(JobId job);
}
