package io.flockwork.sdk.client;

import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobProgress;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** One job of a grid. Safe for use by many threads. */
public interface JobHandle {
    /** The job's id, which finds it again from anywhere. */
    JobId id();

    /** The job now. */
    Grid.JobStatus status();

    /**
     * Calls {@code listener} with the job's progress now and at each change, on one thread of the SDK at a time, until the
     * job has ended or the returned handle is closed. Survives the death of the core it watches through.
     */
    AutoCloseable onProgress(Consumer<JobProgress> listener);

    /** Completes when the job has ended, however it did; fails with {@link GridException} when the grid stays out of reach. */
    CompletableFuture<JobResult> result();

    /** Ends the job. Nothing happens when it has ended already. */
    void cancel();
}
