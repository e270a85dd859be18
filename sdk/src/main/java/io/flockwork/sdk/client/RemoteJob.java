package io.flockwork.sdk.client;

import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobProgress;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.wire.ClientMessage.Request;
import io.flockwork.sdk.wire.ClientMessage.Response;
import io.flockwork.sdk.wire.ClientMessage.Status;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A job that lives in the grid. */
record RemoteJob(JobId id, Line line, Watches watches, RemoteBlobs blobs, FinalPages pages) implements JobHandle {
    @Override
    public Grid.JobStatus status() {
        return RemoteGrid.status(line.ask(new Request.Look(id)));
    }

    @Override
    public AutoCloseable onProgress(Consumer<JobProgress> listener) {
        // Why a job cannot be followed any more is what result() tells.
        Watch watch = watches.follow(id, status -> listener.accept(progress(status)), why -> {});
        return watch::close;
    }

    @Override
    public CompletableFuture<JobResult> result() {
        CompletableFuture<JobResult> result = new CompletableFuture<>();
        Consumer<Status> follower = status -> {
            JobRecord record = status.record();
            if (record.state().ended()) {
                result.complete(new ListedResult(record, blobs::open));
            }
        };
        Watch watch = watches.follow(id, follower, result::completeExceptionally);
        return result.whenComplete((done, error) -> watch.close());
    }

    @Override
    public Stream<UnitResult> finals() {
        FinalResults results = new FinalResults(this);
        int traits = Spliterator.ORDERED | Spliterator.NONNULL;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(results, traits), false)
                .onClose(results::close);
    }

    @Override
    public void cancel() {
        if (!(line.ask(new Request.Cancel(id)) instanceof Response.Job)) {
            throw RemoteGrid.strange();
        }
    }

    /** What the master said last; zeros before a master has spoken. */
    private static JobProgress progress(Status status) {
        JobRecord record = status.record();
        return status.progress()
                .orElse(new JobProgress(record.id(), record.state(), 0, 0, 0, 0, 0, 0, 0, -1, "", List.of()));
    }
}
