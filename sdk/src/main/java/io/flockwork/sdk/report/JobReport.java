package io.flockwork.sdk.report;

import io.flockwork.sdk.model.Assurance;
import io.flockwork.sdk.model.Code;
import io.flockwork.sdk.model.JobProgress;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.WorkerInfo;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Jobs and workers as the maps that {@code --json} prints and the HTTP API gives. Names stay; fields may be added. */
public final class JobReport {
    private JobReport() {}

    /** A job with how far it is, where its master has spoken. */
    public static Map<String, Object> of(JobRecord record, Optional<JobProgress> progress) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("job", record.id().value());
        report.put("name", record.spec().name());
        report.put("state", record.state().name());
        report.put("program", program(record.spec().code()));
        report.putAll(of(record.spec().assurance()));
        report.put("priority", record.spec().priority());
        report.put("holdMillis", record.spec().streams() ? record.spec().holdMillis() : null);
        report.put("submitted", Instant.ofEpochMilli(record.submittedMillis()).toString());
        report.put("master", record.master().map(NodeId::value).orElse(null));
        report.put("epoch", record.epoch());
        report.put("progress", progress.map(JobReport::of).orElse(null));
        record.outcome().ifPresent(outcome -> {
            report.put("ended", Instant.ofEpochMilli(outcome.endedMillis()).toString());
            report.put("failure", outcome.failure());
            report.put("unverified", outcome.unverified());
            report.put(
                    "guarantee",
                    outcome.results().isPresent() ? outcome.guarantee().name() : null);
        });
        return report;
    }

    private static Map<String, Object> of(Assurance assurance) {
        return assurance instanceof Assurance.Lottery lottery
                ? Map.of("epsilon", lottery.epsilon(), "q1min", lottery.q1min())
                : Map.of("quorum", ((Assurance.Quorum) assurance).votes());
    }

    /** What the units run, in a word. */
    public static String program(Code code) {
        return code instanceof Code.Java java ? java.type() : "wasm";
    }

    /** How far a job is. */
    public static Map<String, Object> of(JobProgress progress) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("job", progress.job().value());
        report.put("state", progress.state().name());
        report.put("indicesDone", progress.indicesDone());
        report.put("indicesTotal", progress.indicesTotal());
        report.put("unitsAccepted", progress.unitsAccepted());
        report.put("unitsFailed", progress.unitsFailed());
        report.put("unitsRunning", progress.unitsRunning());
        report.put("unitsContested", progress.unitsContested());
        report.put("votes", progress.votes());
        report.put("secondsLeft", progress.secondsLeft() < 0 ? null : progress.secondsLeft());
        report.put("message", progress.message());
        report.put("workers", progress.workers().stream().map(JobReport::of).toList());
        return report;
    }

    private static Map<String, Object> of(JobProgress.WorkerShare share) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("worker", share.worker().value());
        report.put("name", share.name());
        report.put("votes", share.votes());
        report.put("outvoted", share.outvoted());
        report.put("failures", share.failures());
        return report;
    }

    /** A worker, as it describes itself. */
    public static Map<String, Object> of(WorkerInfo worker) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("worker", worker.id().value());
        report.put("name", worker.name());
        report.put("role", worker.isReachable() ? "core" : "edge");
        report.put("referee", worker.referee());
        report.put("operator", worker.operator());
        report.put("site", worker.site());
        report.put("team", worker.team());
        report.put("slots", worker.slots());
        report.put("memoryBytes", worker.memoryBytes());
        report.put("gateway", worker.isReachable() ? worker.gateway().toString() : null);
        report.put("started", Instant.ofEpochMilli(worker.startedMillis()).toString());
        return report;
    }
}
