package io.flockwork.sdk.cli;

import io.flockwork.sdk.client.Grid;
import io.flockwork.sdk.client.Grid.JobStatus;
import io.flockwork.sdk.client.JobHandle;
import io.flockwork.sdk.client.UnitResult;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobProgress;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.report.JobReport;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code flockwork job ID}: one job, who worked on it, and what failed. */
@picocli.CommandLine.Command(name = "job", description = "Show one job: progress, workers, failed units.")
public final class JobCommand implements Command {
    private static final int MOST_FAILED = 20;

    @Mixin
    private GridOption grid;

    @Parameters(paramLabel = "ID", description = "The job's id.")
    private JobId id;

    @Option(names = "--json", description = "Print a JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        try (Grid connected = grid.connect()) {
            JobHandle job = connected.job(id);
            JobStatus status = job.status();
            print(status, failedUnits(job, status.record()));
        }
        grid.console().flushOut();
        return 0;
    }

    /** Those of an ended job; while it runs, its progress counts them. */
    private static List<UnitResult> failedUnits(JobHandle job, JobRecord record) {
        if (record.outcome().flatMap(outcome -> outcome.results()).isEmpty()) {
            return List.of();
        }
        try (Stream<UnitResult> units = Following.resultOf(job).units()) {
            return units.filter(unit -> !unit.failure().isEmpty())
                    .limit(MOST_FAILED)
                    .toList();
        }
    }

    private void print(JobStatus status, List<UnitResult> failed) throws IOException {
        PrintStream out = grid.console().out();
        if (json) {
            Map<String, Object> report = JobReport.of(status.record(), status.progress());
            report.put(
                    "failedUnits", failed.stream().map(JobCommand::failedUnit).toList());
            out.println(Json.line(report));
            return;
        }
        details(status).print(out);
        status.progress().filter(p -> !p.workers().isEmpty()).ifPresent(progress -> {
            out.println();
            shares(progress).print(out);
        });
        if (!failed.isEmpty()) {
            out.println();
            failures(failed).print(out);
        }
    }

    private static Table details(JobStatus status) {
        JobRecord record = status.record();
        Table table = new Table("job", record.id().value())
                .row("name", record.spec().name())
                .row("program", JobReport.program(record.spec().code()))
                .row("state", JobsCommand.state(record))
                .row("submitted", Moments.local(record.submittedMillis()))
                .row("master", record.master().map(NodeId::value).orElse("none yet"))
                .row("assurance", record.spec().assurance());
        if (record.spec().streams()) {
            table.row(
                    "hold",
                    DurationConverter.written(Duration.ofMillis(record.spec().holdMillis())));
        }
        status.progress().ifPresent(progress -> table.row("done", Math.round(100 * PlainProgress.share(progress)) + "%")
                .row("units", progress.unitsAccepted() + " accepted, " + progress.unitsRunning() + " running")
                .row("failed", progress.unitsFailed() + " failed, " + progress.unitsContested() + " contested")
                .row("votes", progress.votes()));
        record.outcome().ifPresent(outcome -> {
            table.row("ended", Moments.local(outcome.endedMillis()));
            table.row("failure", outcome.failure().isEmpty() ? "none" : outcome.failure());
            table.row("unverified", outcome.unverified() + " units");
            if (outcome.results().isPresent()) {
                table.row("guarantee", outcome.guarantee().sentence());
            }
        });
        return table;
    }

    private static Table shares(JobProgress progress) {
        Table table = new Table("WORKER", "ID", "VOTES", "OUTVOTED", "FAILURES");
        progress.workers()
                .forEach(share ->
                        table.row(name(share), share.worker(), share.votes(), share.outvoted(), share.failures()));
        return table;
    }

    /** A master that took over knows a worker that has left, or has not found it yet, by its id alone. */
    private static String name(JobProgress.WorkerShare share) {
        return share.name().equals(share.worker().value()) ? "-" : share.name();
    }

    private static Table failures(List<UnitResult> failed) {
        Table table = new Table("UNIT", "INPUT", "WHY");
        failed.forEach(unit ->
                table.row(unit.number(), unit.inputName().isEmpty() ? unit.span() : unit.inputName(), why(unit)));
        return table;
    }

    /** The cause, and the last that the unit had to say about it. */
    private static String why(UnitResult unit) {
        String said = new String(unit.stderr(), StandardCharsets.UTF_8).strip();
        String last = said.lines().reduce((before, line) -> line).orElse("");
        return unit.failure() + (last.isBlank() ? "" : "; its last words: " + last);
    }

    private static Map<String, Object> failedUnit(UnitResult unit) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("unit", unit.number());
        report.put("from", unit.span().from());
        report.put("to", unit.span().to());
        report.put("input", unit.inputName());
        report.put("failure", unit.failure());
        report.put("stderr", new String(unit.stderr(), StandardCharsets.UTF_8));
        return report;
    }
}
