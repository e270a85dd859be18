package io.flockwork.worker.api;

import io.flockwork.sdk.model.JobProgress;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.report.JobReport;
import io.flockwork.sdk.wire.ClientMessage.Status;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A job as people see it. */
final class JobView {
    /** Of a job's workers, those with most answers. */
    private static final int MOST_WORKERS = 200;

    private JobView() {}

    /** Without who computes it, for lists. */
    static JsonObject brief(Status job) {
        return json(job.record(), job.progress().map(progress -> with(progress, 0)));
    }

    /** All of it. */
    static JsonObject whole(Status job) {
        JsonObject json = json(job.record(), job.progress().map(progress -> with(progress, MOST_WORKERS)));
        job.progress()
                .ifPresent(
                        progress -> json.put("workerCount", progress.workers().size()));
        job.record()
                .outcome()
                .filter(outcome -> outcome.results().isPresent())
                .ifPresent(outcome ->
                        json.put("guaranteeInWords", outcome.guarantee().sentence()));
        return json;
    }

    private static JsonObject json(JobRecord record, Optional<JobProgress> progress) {
        JsonObject json = new JsonObject(JobReport.of(record, progress))
                .put("owner", record.seal().owner().value());
        record.outcome()
                .ifPresent(outcome -> json.put("results", outcome.results().isPresent())
                        .put("combined", outcome.combined().isPresent())
                        .put("proof", outcome.proof().isPresent()));
        Object progressJson = json.getValue("progress");
        if (progressJson instanceof JsonObject object
                && object.getJsonArray("workers").isEmpty()) {
            object.remove("workers");
        }
        return json;
    }

    private static JobProgress with(JobProgress all, int workers) {
        return all.of(all.workers().stream()
                .sorted(Comparator.comparingLong(JobProgress.WorkerShare::votes).reversed())
                .limit(workers)
                .toList());
    }

    static JsonArray briefs(List<Status> jobs) {
        return new JsonArray(jobs.stream().map(JobView::brief).collect(Collectors.toList()));
    }
}
