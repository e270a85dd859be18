package io.flockwork.sdk.cli;

import io.flockwork.sdk.client.Grid;
import io.flockwork.sdk.client.JobHandle;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobState;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code flockwork cancel ID}: ends a job. */
@picocli.CommandLine.Command(name = "cancel", description = "End a job.")
public final class CancelCommand implements Command {
    @Mixin
    private GridOption grid;

    @Parameters(paramLabel = "ID", description = "The job's id.")
    private JobId id;

    @Override
    public Integer call() {
        try (Grid connected = grid.connect()) {
            JobHandle job = connected.job(id);
            job.cancel();
            JobState state = job.status().record().state();
            if (state == JobState.DONE || state == JobState.FAILED) {
                grid.console().err().println("job " + id + " had ended before");
            }
            return 0;
        }
    }
}
