package io.flockwork.worker.api;

import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.web.Caller;
import io.flockwork.sdk.web.Callers;
import io.flockwork.sdk.wire.ClientMessage.Status;
import io.flockwork.worker.master.JobBoard;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The news of the grid for all who look at it: put into words once, however many they are, and at most so often, however much happens.
 * Safe for use by many threads; works on a timer of its own, and only while somebody listens.
 */
final class Feed {
    private static final long TICK_MILLIS = 500;
    private static final int TICKS_OF_A_SECOND = 2;
    private static final int TICKS_OF_WORKERS = 4;
    private static final int TICKS_OF_SILENCE = 30;
    private static final int MOST_CHANGED = 500;

    private final JobBoard board;
    private final Survey survey;
    private final WorkerRoutes workers;
    private final Callers callers;
    private final Map<EventStream, Caller> listeners = new ConcurrentHashMap<>();
    private final Set<JobId> changed = ConcurrentHashMap.newKeySet();
    private Map<NodeId, Seen> seen = new HashMap<>();
    private long tick;

    /** What of a worker is told at once when it changes. */
    private record Seen(String name, String standing, String activity, int slots) {}

    private Feed(JobBoard board, Survey survey, WorkerRoutes workers, Callers callers) {
        this.callers = callers;
        this.board = board;
        this.survey = survey;
        this.workers = workers;
    }

    static Feed start(Vertx vertx, JobBoard board, Survey survey, WorkerRoutes workers, Callers callers) {
        Feed feed = new Feed(board, survey, workers, callers);
        board.listen(job -> feed.changed.add(job.record().id()), () -> {}, worker -> {});
        vertx.setPeriodic(TICK_MILLIS, timer -> feed.tick());
        return feed;
    }

    /** Tells this caller of the grid now, and of each change. */
    void add(EventStream stream, Caller caller) {
        stream.send("grid", survey.summary().encode());
        listeners.put(stream, caller);
        stream.whenGone(() -> listeners.remove(stream));
    }

    int listeners() {
        return listeners.size();
    }

    private void tick() {
        tick++;
        Set<JobId> news = new HashSet<>(changed);
        changed.removeAll(news);
        if (listeners.isEmpty()) {
            seen = new HashMap<>();
            return;
        }
        if (tick % TICKS_OF_A_SECOND == 0) {
            String grid = survey.summary().encode();
            listeners.keySet().forEach(stream -> stream.send("grid", grid));
        }
        if (!news.isEmpty()) {
            tellJobs(news);
        }
        if (tick % TICKS_OF_WORKERS == 0) {
            tellWorkers();
        }
        if (tick % TICKS_OF_SILENCE == 0) {
            listeners.forEach((stream, caller) -> {
                if (callers.isStillGood(caller)) {
                    stream.keepAlive();
                } else {
                    stream.end();
                }
            });
        }
    }

    private void tellJobs(Set<JobId> news) {
        Map<JobRecord, String> jobs = new HashMap<>();
        for (JobId id : news) {
            board.find(id).ifPresent(job -> jobs.put(job.record(), sentence(job)));
        }
        Map<String, String> byAudience = new HashMap<>();
        listeners.forEach((stream, caller) -> {
            String text = byAudience.computeIfAbsent(audience(caller), one -> jobs.entrySet().stream()
                    .filter(job -> caller.maySee(job.getKey()))
                    .map(Map.Entry::getValue)
                    .collect(Collectors.joining(",", "[", "]")));
            if (text.length() > 2) {
                stream.send("jobs", text);
            }
        });
    }

    private static String sentence(Status job) {
        return JobView.brief(job).encode();
    }

    /** Callers who may see the same hear the same. */
    private static String audience(Caller caller) {
        return caller.member()
                .map(member -> member.role() + " " + member.id() + " " + caller.isOpen())
                .orElse("anybody");
    }

    private void tellWorkers() {
        Map<NodeId, Seen> now = new HashMap<>();
        List<WorkerView> different = new ArrayList<>();
        for (WorkerView view : workers.views()) {
            NodeId id = view.worker().id();
            Seen is = new Seen(
                    view.worker().name(),
                    view.standing(),
                    view.activity(),
                    view.worker().slots());
            now.put(id, is);
            if (!is.equals(seen.get(id))) {
                different.add(view);
            }
        }
        JsonArray gone = new JsonArray();
        seen.keySet().stream().filter(id -> !now.containsKey(id)).forEach(id -> gone.add(id.value()));
        boolean isFirst = seen.isEmpty();
        seen = now;
        if (isFirst || different.isEmpty() && gone.isEmpty()) {
            return;
        }
        JsonObject news = different.size() + gone.size() > MOST_CHANGED
                ? new JsonObject().put("reload", true)
                : new JsonObject()
                        .put(
                                "changed",
                                new JsonArray(
                                        different.stream().map(WorkerView::json).collect(Collectors.toList())))
                        .put("gone", gone);
        String text = news.encode();
        listeners.keySet().forEach(stream -> stream.send("workers", text));
    }
}
