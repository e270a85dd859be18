package io.flockwork.worker.api;

import io.flockwork.sdk.model.Conduct;
import io.flockwork.sdk.model.JobProgress;
import io.flockwork.sdk.model.JobState;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.WorkerInfo;
import io.flockwork.sdk.report.ConductReport;
import io.flockwork.sdk.wire.ClientMessage.Status;
import io.flockwork.worker.master.JobBoard;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The grid at a glance, worked out once for all who look: once a second, from what this core has heard anyway. Safe for use by many
 * threads.
 */
final class Survey {
    /** What such a job has done, it did since the last look or so. */
    private static final long FRESH_MILLIS = 2_000;

    private final JobBoard board;
    private final WorkerInfo self;
    private final NodeId grid;
    private final Clock clock;
    private final Pulse pulse = new Pulse();
    private volatile JsonObject summary = new JsonObject();
    private long beats;

    Survey(JobBoard board, NodeId grid, WorkerInfo self, Clock clock) {
        this.board = board;
        this.grid = grid;
        this.self = self;
        this.clock = clock;
    }

    Pulse pulse() {
        return pulse;
    }

    /** As of the last beat; not to be changed. */
    JsonObject summary() {
        return summary;
    }

    /** Looks anew; to be called each second, by one thread at a time. */
    void beat() {
        long now = clock.millis();
        List<Status> jobs = board.all();
        List<JobProgress> running = jobs.stream()
                .filter(job -> !job.record().state().ended())
                .flatMap(job -> job.progress().stream())
                .toList();
        List<JobProgress> all =
                jobs.stream().flatMap(job -> job.progress().stream()).toList();
        pulse.beat(
                now,
                all,
                jobs.stream()
                        .filter(job -> now - job.record().submittedMillis() < FRESH_MILLIS)
                        .map(job -> job.record().id())
                        .collect(Collectors.toSet()));
        List<WorkerInfo> workers = board.workers();
        long contested = running.stream().mapToLong(JobProgress::unitsContested).sum();
        if (beats++ % Pulse.STEP_SECONDS == 0) {
            pulse.remember(now, workers.size(), running.size(), contested);
        }
        summary = new JsonObject()
                .put("grid", grid.value())
                .put("name", grid.brief())
                .put("core", new JsonObject().put("worker", self.id().value()).put("name", self.name()))
                .put("timeMillis", now)
                .put("workers", workers(workers))
                .put("jobs", jobs(jobs))
                .put("unitsPerSecond", pulse.unitsPerSecond())
                .put("votesPerSecond", pulse.votesPerSecond())
                .put("unitsAccepted", sum(all, JobProgress::unitsAccepted))
                .put("votes", sum(all, JobProgress::votes))
                .put("unitsContested", contested);
    }

    private static long sum(List<JobProgress> all, Function<JobProgress, Long> of) {
        return all.stream().mapToLong(of::apply).sum();
    }

    private JsonObject workers(List<WorkerInfo> workers) {
        Map<NodeId, Conduct> conducts = conducts();
        Map<String, Object> bySite = new TreeMap<>();
        Map<String, Object> byStanding = new TreeMap<>();
        int cores = 0;
        int slots = 0;
        for (WorkerInfo worker : workers) {
            cores += worker.isReachable() ? 1 : 0;
            slots += worker.slots();
            bySite.merge(worker.site(), 1, (a, b) -> (Integer) a + (Integer) b);
            String standing = ConductReport.standing(Optional.ofNullable(conducts.get(worker.id())));
            byStanding.merge(standing, 1, (a, b) -> (Integer) a + (Integer) b);
        }
        return new JsonObject()
                .put("total", workers.size())
                .put("core", cores)
                .put("edge", workers.size() - cores)
                .put("slots", slots)
                .put("bySite", new JsonObject(bySite))
                .put("byStanding", new JsonObject(byStanding));
    }

    private static JsonObject jobs(List<Status> jobs) {
        Map<JobState, Integer> counts = new EnumMap<>(JobState.class);
        jobs.forEach(job -> counts.merge(job.record().state(), 1, Integer::sum));
        JsonObject json = new JsonObject().put("total", jobs.size());
        for (JobState state : JobState.values()) {
            json.put(state.name().toLowerCase(Locale.ROOT), counts.getOrDefault(state, 0));
        }
        return json;
    }

    /** What the grid knows of its workers' answers, by worker. */
    Map<NodeId, Conduct> conducts() {
        Map<NodeId, Conduct> known = new HashMap<>();
        board.conducts().forEach(conduct -> known.put(conduct.worker(), conduct));
        return known;
    }

    /** The live workers, each once. */
    Map<NodeId, WorkerInfo> workersById() {
        return board.workers().stream()
                .collect(Collectors.toMap(WorkerInfo::id, Function.identity(), (older, younger) -> younger));
    }
}
