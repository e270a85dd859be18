package io.flockwork.sdk.client;

import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.wire.ClientMessage.Request;
import io.flockwork.sdk.wire.ClientMessage.Response;
import io.flockwork.sdk.wire.ClientMessage.Status;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** The jobs that are followed, through whichever core: after a fail-over the next one is asked for the same. */
final class Watches implements Conversation.Audience {
    private final Line line;
    private final Executor threads;
    private final Duration patience;
    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();

    /** @param threads may be blocked */
    Watches(Line line, Executor threads, Duration patience) {
        this.line = line;
        this.threads = threads;
        this.patience = patience;
    }

    /** Tells {@code follower} of the job now and at each change, or {@code lost} why it cannot be followed; returns at once. */
    Watch follow(JobId job, Consumer<Status> follower, Consumer<GridException> lost) {
        Watch watch = new Watch(job, threads, follower, lost);
        watches.add(watch);
        threads.execute(() -> ask(watch));
        return watch;
    }

    @Override
    public void heard(Status status) {
        watches.stream()
                .filter(watch -> watch.job().equals(status.record().id()))
                .forEach(watch -> watch.heard(status));
        watches.removeIf(Watch::isOver);
    }

    /** A conversation ended: the core at its end tells nothing more. */
    @Override
    public void ended() {
        watches.removeIf(Watch::isOver);
        if (!watches.isEmpty()) {
            threads.execute(() -> watches.forEach(this::ask));
        }
    }

    private void ask(Watch watch) {
        try {
            if (!watch.isOver() && line.ask(patience, new Request.Watch(watch.job())) instanceof Response.Job answer) {
                heard(answer.status());
            }
        } catch (GridException unreachable) {
            watches.remove(watch);
            watch.lost(unreachable);
        }
    }
}
