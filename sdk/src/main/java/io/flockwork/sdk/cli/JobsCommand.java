package io.flockwork.sdk.cli;

import io.flockwork.sdk.client.Grid;
import io.flockwork.sdk.client.Grid.JobStatus;
import io.flockwork.sdk.model.JobProgress;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.report.JobReport;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code flockwork jobs}: every job that the grid remembers. */
@picocli.CommandLine.Command(name = "jobs", description = "List the grid's jobs, the newest first.")
public final class JobsCommand implements Command {
    @Mixin
    private GridOption grid;

    @Option(names = "--json", description = "Print one JSON object a line.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        try (Grid connected = grid.connect()) {
            print(connected.jobs());
        }
        grid.console().flushOut();
        return 0;
    }

    private void print(List<JobStatus> jobs) throws IOException {
        if (json) {
            for (JobStatus job : jobs) {
                grid.console().out().println(Json.line(JobReport.of(job.record(), job.progress())));
            }
            return;
        }
        Table table = new Table("JOB", "NAME", "STATE", "DONE", "UNITS", "FAILED", "VOTES", "SUBMITTED");
        for (JobStatus job : jobs) {
            Optional<JobProgress> progress = job.progress();
            table.row(
                    job.record().id(),
                    job.record().spec().name(),
                    state(job.record()),
                    progress.map(p -> Math.round(100 * PlainProgress.share(p)) + "%")
                            .orElse("-"),
                    progress.map(JobProgress::unitsAccepted).orElse(0L),
                    progress.map(JobProgress::unitsFailed).orElse(0L),
                    progress.map(JobProgress::votes).orElse(0L),
                    Moments.local(job.record().submittedMillis()));
        }
        table.print(grid.console().out());
    }

    static String state(JobRecord job) {
        boolean unverified = job.outcome().filter(end -> end.unverified() > 0).isPresent();
        return unverified ? job.state() + ", unverified" : job.state().toString();
    }
}
