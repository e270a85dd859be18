package io.flockwork.worker.local;

import io.flockwork.sdk.cli.Collecting;
import io.flockwork.sdk.cli.Console;
import io.flockwork.sdk.cli.Destination;
import io.flockwork.sdk.cli.ProgressDisplay;
import io.flockwork.sdk.client.JobRequest;
import io.flockwork.sdk.client.JobResult;
import io.flockwork.sdk.client.UnitResult;
import io.flockwork.worker.local.SecondRun.Comparison;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Has a run compute, writes its results, and says what the units wrote and cost.
 *
 * @param json whether the account is for a program
 */
record Accounting(Console console, Destination destination, boolean json) {
    private static final int JOB_FAILED = 3;

    /**
     * Blocks; returns the exit code.
     *
     * @param unit the only one to compute; absent: all
     */
    int of(LocalRun run, JobRequest request, Optional<String> unit, boolean twice)
            throws IOException, InterruptedException {
        JobResult result;
        try (ProgressDisplay display = ProgressDisplay.forPeople(console)) {
            result = run.compute(request, unit, display);
        }
        int code = new Collecting(console).write(result, destination);
        long failed = tellStandardError(result, unit.isPresent());
        Optional<Comparison> again = twice ? Optional.of(run.again(result)) : Optional.empty();
        List<String> warnings =
                Warnings.of(run.account(), result.record().spec().limits(), run.isCarved() && unit.isEmpty());
        print(new Report(run.account(), failed, warnings, again));
        boolean differs = again.flatMap(Comparison::earliest).isPresent();
        return code == 0 && differs ? JOB_FAILED : code;
    }

    private void print(Report report) throws IOException {
        if (!json) {
            report.lines().forEach(console.err()::println);
        } else if (destination instanceof Destination.StandardOutput) {
            console.err().println(report.json());
        } else {
            console.out().println(report.json());
            console.flushOut();
        }
    }

    /** What all of them wrote there, or else the first that failed; returns how many have failed. */
    private long tellStandardError(JobResult result, boolean all) {
        long failed = 0;
        try (Stream<UnitResult> units = result.units()) {
            for (Iterator<UnitResult> each = units.iterator(); each.hasNext(); ) {
                UnitResult unit = each.next();
                boolean firstFailed = !unit.failure().isEmpty() && failed++ == 0;
                if (unit.stderr().length > 0 && (all || firstFailed)) {
                    console.err().println(printable(unit.stderr()).stripTrailing());
                }
            }
        }
        return failed;
    }

    /** No control character of somebody else's text reaches the terminal. */
    private static String printable(byte[] text) {
        return new String(text, StandardCharsets.UTF_8).replaceAll("[\\p{Cc}&&[^\n\t]]", "?");
    }
}
