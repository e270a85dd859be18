package io.flockwork.sdk.cli;

import io.flockwork.sdk.client.Grid;
import io.flockwork.sdk.client.JobHandle;
import io.flockwork.sdk.client.JobResult;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.report.JobReport;
import java.io.IOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code flockwork watch ID}: stays until the job has ended. */
@picocli.CommandLine.Command(name = "watch", description = "Show a job's progress until it has ended.")
public final class WatchCommand implements Command {
    @Mixin
    private GridOption grid;

    @Parameters(paramLabel = "ID", description = "The job's id.")
    private JobId id;

    @Option(names = "--json", description = "Print one JSON object a line: each progress, at last the ended job.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Console console = grid.console();
        try (Grid connected = grid.connect()) {
            JobHandle job = connected.job(id);
            ProgressDisplay display = json ? new JsonProgress(console.out()) : ProgressDisplay.forPeople(console);
            JobResult result = Following.toEnd(job, display, console);
            if (json) {
                Grid.JobStatus end = job.status();
                console.out().println(Json.line(JobReport.of(end.record(), end.progress())));
                console.flushOut();
            }
            return new Collecting(console).verdict(result.record());
        }
    }
}
