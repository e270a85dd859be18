package io.flockwork.sdk.cli;

import io.flockwork.sdk.client.Grid;
import io.flockwork.sdk.client.JobHandle;
import io.flockwork.sdk.client.JobResult;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code flockwork fetch ID}: an ended job's results, or, with {@code --follow}, those of a job that goes on. */
@picocli.CommandLine.Command(name = "fetch", description = "Get a job's results.")
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

    @Option(
            names = "--proof",
            paramLabel = "PROOF",
            description = "Also write the signed votes that the results rest on to this file, for flockwork audit.")
    private Path proof;

    @Option(
            names = "--follow",
            description = "Stay until the job has ended, and write each unit's file into -o DIR when it is final.")
    private boolean follow;

    @Option(names = "--json", description = "With --follow: print one JSON object a line for each unit.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Destination destination = Destination.of(output, grid.console());
        if (follow && !(destination instanceof ResultFolder)) {
            throw new IllegalArgumentException("--follow writes a file for each unit: -o names a folder, results/ say");
        }
        if (json && !follow) {
            throw new IllegalArgumentException("--json goes with --follow");
        }
        try (Grid connected = grid.connect()) {
            JobHandle job = connected.job(id);
            return destination instanceof ResultFolder folder && follow
                    ? untilEnd(job, folder)
                    : atEnd(job, destination);
        }
    }

    private int untilEnd(JobHandle job, ResultFolder folder) throws IOException {
        Collecting collecting = new Collecting(grid.console());
        JobResult result = collecting.asTheyBecomeFinal(job, folder, json);
        writeProof(result);
        return collecting.verdict(result.record());
    }

    private int atEnd(JobHandle job, Destination destination) throws IOException {
        JobState state = job.status().record().state();
        if (!state.ended()) {
            grid.console()
                    .err()
                    .println("job " + id + " has not ended yet; flockwork watch " + id
                            + " shows it, --follow gets its results as they become final");
            return Troubles.FAILED;
        }
        JobResult result = Following.resultOf(job);
        writeProof(result);
        return new Collecting(grid.console()).write(result, destination);
    }

    /** A cancelled job has none; that it was cancelled is what is to be said of it. */
    private void writeProof(JobResult result) throws IOException {
        if (proof == null || result.record().state() == JobState.CANCELLED) {
            return;
        }
        Optional<InputStream> signed = result.proof();
        if (signed.isEmpty()) {
            throw new IOException("job " + id + " ended without a signed vote, so nothing proves it");
        }
        try (InputStream in = signed.get()) {
            WholeFile.write(proof, in::transferTo);
        }
    }
}
