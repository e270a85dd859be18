package io.flockwork.sdk.cli;

import io.flockwork.sdk.model.JobProgress;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;

/** Progress as a bar on a terminal. */
final class ProgressBarDisplay implements ProgressDisplay {
    private static final int WIDTH = 79;

    private final ProgressBar bar;
    private final AtomicBoolean closed = new AtomicBoolean();

    ProgressBarDisplay(PrintStream terminal) {
        bar = ProgressBar.builder()
                .setInitialMax(1)
                .setUpdateIntervalMillis(250)
                .setRenderer(new ProgressLine())
                .setConsumer(new ConsoleProgressBarConsumer(terminal, WIDTH))
                .build();
    }

    @Override
    public void show(JobProgress progress) {
        bar.maxHint(Math.max(1, progress.indicesTotal()));
        bar.stepTo(progress.indicesDone());
        bar.setExtraMessage(message(progress));
    }

    private static String message(JobProgress progress) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "%,d units, %,d votes", progress.unitsAccepted(), progress.votes()));
        if (progress.unitsFailed() > 0) {
            text.append(", ").append(progress.unitsFailed()).append(" failed");
        }
        if (!progress.state().ended() && progress.secondsLeft() >= 0) {
            text.append(", ").append(left(Math.round(progress.secondsLeft()))).append(" left");
        }
        if (!progress.state().ended() && !progress.message().isBlank()) {
            text.append("; ").append(Troubles.oneLine(progress.message()));
        }
        return text.toString();
    }

    static String left(long seconds) {
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d:%02d min", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d h", seconds / 3600, seconds / 60 % 60);
    }

    @Override
    public void close() {
        if (!closed.getAndSet(true)) {
            bar.close();
        }
    }
}
