package io.flockwork.worker.api;

import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.web.Caller;
import io.flockwork.sdk.web.Callers;
import io.flockwork.sdk.web.Guard;
import io.flockwork.sdk.web.Problem;
import io.flockwork.sdk.wire.ClientMessage.Status;
import io.flockwork.worker.master.JobBoard;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The news of the grid and of its jobs for all who look: put into words once, however many they are, and at most so often, however much
 * happens: once a second and in one piece for who follows the grid, twice a second for who follows a job. Safe for use by many
 * threads; works on a timer of its own, and only while somebody listens.
 */
final class Feed {
    private static final long TICK_MILLIS = 500;
    private static final int TICKS_OF_A_SECOND = 2;
    private static final int TICKS_OF_WORKERS = 4;
    private static final int TICKS_OF_SILENCE = 30;
    private static final int MOST_LISTENERS = 2_000;

    private final JobBoard board;
    private final Survey survey;
    private final WorkerNews workers;
    private final Callers callers;
    private final Map<EventStream, Listener> listeners = new ConcurrentHashMap<>();
    private final Set<JobId> changed = ConcurrentHashMap.newKeySet();
    /** What has changed since the grid's listeners were told; the timer's. */
    private final Set<JobId> untold = new HashSet<>();

    private long tick;

    /** @param job absent: listens to the whole grid */
    private record Listener(Caller caller, Optional<JobId> job) {
        boolean isOfGrid() {
            return job.isEmpty();
        }
    }

    private Feed(JobBoard board, Survey survey, WorkerNews workers, Callers callers) {
        this.board = board;
        this.survey = survey;
        this.workers = workers;
        this.callers = callers;
    }

    static Feed start(Vertx vertx, JobBoard board, Survey survey, WorkerRoutes workers, Callers callers) {
        Feed feed = new Feed(board, survey, new WorkerNews(workers), callers);
        board.listen(job -> feed.changed.add(job.record().id()), () -> {}, worker -> {});
        vertx.setPeriodic(TICK_MILLIS, timer -> feed.tick());
        return feed;
    }

    /** Tells the caller of the grid now, and of each change. */
    void followGrid(RoutingContext request) {
        EventStream stream = open(request, Optional.empty());
        stream.send(EventStream.event("grid", survey.summary().encode()));
    }

    /** Tells the caller of the job now, and of each change up to its end. */
    void followJob(RoutingContext request, Status job) {
        JobId id = job.record().id();
        EventStream stream = open(request, Optional.of(id));
        // Once more, for what happened in between.
        changed.add(id);
        tell(stream, job, JobView.whole(job).encode());
    }

    private EventStream open(RoutingContext request, Optional<JobId> job) {
        if (listeners.size() >= MOST_LISTENERS) {
            throw new Problem(503, "as many listen here as may; ask another core, or later");
        }
        EventStream stream = EventStream.open(request);
        stream.whenGone(() -> listeners.remove(stream));
        listeners.put(stream, new Listener(Guard.caller(request), job));
        return stream;
    }

    private void tick() {
        tick++;
        Set<JobId> news = new HashSet<>(changed);
        changed.removeAll(news);
        news.forEach(this::tellFollowers);
        untold.addAll(news);
        if (tick % TICKS_OF_A_SECOND == 0) {
            tellOfGrid();
            untold.clear();
        }
        if (tick % TICKS_OF_SILENCE == 0) {
            listeners.forEach(this::keepAlive);
        }
    }

    private void keepAlive(EventStream stream, Listener listener) {
        if (callers.isStillGood(listener.caller())) {
            stream.keepAlive();
        } else {
            end(stream);
        }
    }

    private void end(EventStream stream) {
        listeners.remove(stream);
        stream.end();
    }

    private void tellOfGrid() {
        if (listeners.values().stream().noneMatch(Listener::isOfGrid)) {
            workers.forget();
            return;
        }
        String grid = EventStream.event("grid", survey.summary().encode());
        String changedWorkers = tick % TICKS_OF_WORKERS == 0
                ? workers.next().map(text -> EventStream.event("workers", text)).orElse("")
                : "";
        Map<JobRecord, String> briefs = briefs();
        Map<String, String> byAudience = new HashMap<>();
        listeners.forEach((stream, listener) -> {
            if (listener.isOfGrid()) {
                Caller caller = listener.caller();
                stream.send(byAudience.computeIfAbsent(
                        audience(caller), one -> grid + seenBy(caller, briefs) + changedWorkers));
            }
        });
    }

    private Map<JobRecord, String> briefs() {
        Map<JobRecord, String> briefs = new HashMap<>();
        for (JobId id : untold) {
            board.find(id)
                    .ifPresent(
                            job -> briefs.put(job.record(), JobView.brief(job).encode()));
        }
        return briefs;
    }

    private static String seenBy(Caller caller, Map<JobRecord, String> briefs) {
        List<String> seen = briefs.entrySet().stream()
                .filter(job -> caller.maySee(job.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        return seen.isEmpty() ? "" : EventStream.event("jobs", "[" + String.join(",", seen) + "]");
    }

    /** Callers who may see the same hear the same. */
    private static String audience(Caller caller) {
        return caller.member()
                .map(member -> member.role() + " " + member.id() + " " + caller.isOpen())
                .orElse("anybody");
    }

    private void tellFollowers(JobId id) {
        Optional<JobId> followed = Optional.of(id);
        List<EventStream> followers = listeners.entrySet().stream()
                .filter(listener -> listener.getValue().job().equals(followed))
                .map(Map.Entry::getKey)
                .toList();
        if (!followers.isEmpty()) {
            board.find(id).ifPresent(job -> {
                String text = JobView.whole(job).encode();
                followers.forEach(stream -> tell(stream, job, text));
            });
        }
    }

    private void tell(EventStream stream, Status job, String text) {
        stream.send(EventStream.event("job", text));
        if (job.record().state().ended()) {
            end(stream);
        }
    }
}
