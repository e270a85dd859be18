package io.flockwork.sdk.cli;

import io.flockwork.sdk.model.JobProgress;
import io.flockwork.sdk.model.JobState;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;

/** Progress as lines: one when something changed, seldom, and ever more seldom, so that a long job leaves a short log. */
final class PlainProgress implements ProgressDisplay {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(3);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final PrintStream out;
    private final Clock clock;
    private String last = "";
    private long quietUntil = Long.MIN_VALUE;
    private Duration pause = FIRST_PAUSE;

    PlainProgress(PrintStream out, Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    @Override
    public void show(JobProgress progress) {
        String line = line(progress);
        boolean ended = progress.state().ended();
        if (line.equals(last) || clock.millis() < quietUntil && !ended) {
            return;
        }
        out.println(line);
        out.flush();
        last = line;
        quietUntil = clock.millis() + pause.toMillis();
        pause = longer(pause);
    }

    private static Duration longer(Duration pause) {
        Duration next = pause.plus(pause.dividedBy(8));
        return next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE;
    }

    private static String line(JobProgress progress) {
        StringBuilder line = new StringBuilder();
        line.append(String.format(Locale.ROOT, "%3.0f %%", 100 * share(progress)));
        line.append(", ").append(counted(progress.unitsAccepted(), "unit")).append(" accepted");
        append(line, progress.unitsRunning(), "running");
        append(line, progress.unitsContested(), "contested");
        append(line, progress.unitsFailed(), "failed");
        line.append(", ").append(counted(progress.votes(), "vote"));
        if (!progress.message().isBlank() && !progress.state().ended()) {
            line.append("; ").append(Troubles.oneLine(progress.message()));
        }
        return line.toString();
    }

    private static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private static void append(StringBuilder line, long count, String what) {
        if (count > 0) {
            line.append(", ").append(count).append(' ').append(what);
        }
    }

    /** From 0 to 1; a job that had nothing to do is all done at its end. */
    static double share(JobProgress progress) {
        if (progress.indicesTotal() == 0) {
            return progress.state() == JobState.DONE ? 1 : 0;
        }
        return (double) progress.indicesDone() / progress.indicesTotal();
    }

    @Override
    public void close() {
        out.flush();
    }
}
