package io.flockwork.sdk.client;

import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobProgress;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;

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

    /**
     * The job's results one by one as they become final, each exactly once, whichever core or master dies meanwhile; where the grid was
     * split and two masters told of a range that they had carved differently, spans may overlap. Those of a
     * job {@linkplain JobRequest#streaming with a hold} come while it goes on, in the order in which they became final; the
     * others, and those that failed, in unit order when it has ended, and with them the stream ends. Taking the next one blocks
     * until there is one, and no more is fetched than is taken; throws {@link GridException} when the grid stays out of reach. A
     * unit's number is the first index of its span here, for its place is not known before the end. Close the stream; take from
     * it by {@link Stream#iterator} or {@link Stream#forEachOrdered}, on one thread.
     */
    Stream<UnitResult> finals();

    /** Ends the job. Nothing happens when it has ended already. */
    void cancel();
}
