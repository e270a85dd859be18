package io.flockwork.sdk.cli;

import io.flockwork.sdk.client.Grid;
import io.flockwork.sdk.client.JobHandle;
import io.flockwork.sdk.client.JobRequest;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code flockwork submit}: checks a job, hands it in and, when asked to, stays until its results are there. */
@picocli.CommandLine.Command(
        name = "submit",
        description = "Submit a job; prints its id.",
        sortOptions = false,
        customSynopsis = {
            "flockwork submit (TYPE [key=value]... | --wasm FILE [--arg A]...)",
            "         [--range A..B | --lines FILE | --chunks FILE [--size 1m] | --each FILE...]",
            "         [--combine concat|sum] [--epsilon 1e-3] [--strict] [--quorum N]",
            "         [--unit-time 10m] [--unit-memory 256m] [--hold TIME] [--priority N] [--name NAME]",
            "         [--wait] [-o FILE|DIR] [--json] [--grid HOST:PORT]"
        })
public final class SubmitCommand implements Command {
    @Mixin
    private JobOptions description;

    @Option(
            names = "--wait",
            description = "Stay until the job has ended; without -o its result goes to standard output.")
    private boolean wait;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE|DIR",
            description =
                    "Stay, and write the results to this file, or one file for each unit into this folder; - is standard output.")
    private String output;

    @Option(names = "--json", description = "Print the id as JSON.")
    private boolean json;

    @Mixin
    private GridOption grid;

    @Override
    public Integer call() throws Exception {
        JobRequest request = description.request();
        Destination destination = Destination.of(output, grid.console());
        boolean stays = wait || output != null;
        try (Grid connected = grid.connect()) {
            JobHandle job = connected.submit(request);
            boolean resultsGoOut = stays && destination instanceof Destination.StandardOutput;
            PrintStream idGoesTo =
                    resultsGoOut ? grid.console().err() : grid.console().out();
            idGoesTo.println(json ? Json.line(Map.of("job", job.id().value())) : job.id());
            idGoesTo.flush();
            grid.console().flushOut();
            return stays ? stay(job, request, destination) : 0;
        }
    }

    private int stay(JobHandle job, JobRequest request, Destination destination) throws IOException {
        Collecting collecting = new Collecting(grid.console());
        return destination instanceof ResultFolder folder && !request.hold().isZero()
                ? collecting.verdict(
                        collecting.asTheyBecomeFinal(job, folder, false).record())
                : collecting.untilEnd(job, destination);
    }
}
