package io.flockwork.worker.api;

import io.flockwork.sdk.identity.Scope;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.web.Caller;
import io.flockwork.sdk.web.Callers;
import io.flockwork.sdk.web.Guard;
import io.flockwork.sdk.web.Problem;
import io.flockwork.sdk.wire.ClientMessage.Status;
import io.flockwork.worker.master.JobBoard;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** News as it happens: of the grid, and of one job. */
final class EventRoutes {
    private static final int MOST_LISTENERS = 2_000;
    private static final long TICK_MILLIS = 500;
    private static final int TICKS_OF_SILENCE = 30;

    private final JobBoard board;
    private final Feed feed;
    private final Callers callers;
    private final Map<EventStream, Listener> jobListeners = new ConcurrentHashMap<>();
    private final Set<JobId> changed = ConcurrentHashMap.newKeySet();
    private long tick;

    private record Listener(JobId job, Caller caller) {}

    private EventRoutes(JobBoard board, Feed feed, Callers callers) {
        this.callers = callers;
        this.board = board;
        this.feed = feed;
    }

    static EventRoutes start(Vertx vertx, JobBoard board, Feed feed, Callers callers) {
        EventRoutes routes = new EventRoutes(board, feed, callers);
        board.listen(job -> routes.changed.add(job.record().id()), () -> {}, worker -> {});
        vertx.setPeriodic(TICK_MILLIS, timer -> routes.tick());
        return routes;
    }

    void mount(Router api) {
        api.get("/events").handler(Guard.only(Scope.READ)).handler(request -> {
            requireRoom();
            feed.add(EventStream.open(request), Guard.caller(request));
        });
        api.get("/jobs/:job/events").handler(Guard.only(Scope.READ)).handler(this::follow);
    }

    private void requireRoom() {
        if (feed.listeners() + jobListeners.size() >= MOST_LISTENERS) {
            throw new Problem(503, "as many listen here as may; ask another core, or later");
        }
    }

    private void follow(RoutingContext request) {
        requireRoom();
        Status job = JobRoutes.seen(board, request);
        EventStream stream = EventStream.open(request);
        stream.whenGone(() -> jobListeners.remove(stream));
        jobListeners.put(stream, new Listener(job.record().id(), Guard.caller(request)));
        // Once more, for what happened in between.
        changed.add(job.record().id());
        tell(stream, job);
    }

    private void tell(EventStream stream, Status job) {
        tell(stream, job, JobView.whole(job).encode());
    }

    private void tell(EventStream stream, Status job, String text) {
        stream.send("job", text);
        if (job.record().state().ended()) {
            jobListeners.remove(stream);
            stream.end();
        }
    }

    private void tick() {
        tick++;
        Set<JobId> news = new HashSet<>(changed);
        changed.removeAll(news);
        for (JobId id : news) {
            if (jobListeners.values().stream()
                    .anyMatch(listener -> listener.job().equals(id))) {
                board.find(id).ifPresent(this::tellAll);
            }
        }
        if (tick % TICKS_OF_SILENCE == 0) {
            jobListeners.forEach((stream, listener) -> {
                if (callers.isStillGood(listener.caller())) {
                    stream.keepAlive();
                } else {
                    stream.end();
                }
            });
        }
    }

    private void tellAll(Status job) {
        String text = JobView.whole(job).encode();
        jobListeners.forEach((stream, listener) -> {
            if (listener.job().equals(job.record().id())) {
                tell(stream, job, text);
            }
        });
    }
}
