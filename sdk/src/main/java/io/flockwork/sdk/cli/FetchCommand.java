package io.flockwork.sdk.cli;

import io.flockwork.sdk.client.Grid;
import io.flockwork.sdk.client.JobHandle;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobState;
import java.io.IOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code flockwork fetch ID}: an ended job's results. */
@picocli.CommandLine.Command(name = "fetch", description = "Get an ended job's results.")
public final class FetchCommand implements Command {
    @Mixin
    private GridOption grid;

    @Parameters(paramLabel = "ID", description = "The job's id.")
    private JobId id;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE|DIR",
            description = "Write to this file, or one file for each unit into this folder (default: standard output).")
    private String output;

    @Override
    public Integer call() throws IOException {
        Destination destination = Destination.of(output, grid.console());
        try (Grid connected = grid.connect()) {
            JobHandle job = connected.job(id);
            JobState state = job.status().record().state();
            if (!state.ended()) {
                grid.console().err().println("job " + id + " has not ended yet; flockwork watch " + id + " shows it");
                return Troubles.FAILED;
            }
            return new Collecting(grid.console()).write(Following.resultOf(job), destination);
        }
    }
}
