package io.flockwork.sdk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobProgress;
import io.flockwork.sdk.model.JobState;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bar on a terminal tells share, units, votes and time left, and never breaks into a second line. */
class ProgressBarDisplayTest {
    private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    private final ProgressDisplay display =
            new ProgressBarDisplay(new PrintStream(terminal, true, StandardCharsets.UTF_8));

    @Test
    void theLastStateStays() {
        display.show(progress(JobState.RUNNING, 500_000_000, 1_000_000_000, 61, ""));
        display.show(progress(JobState.DONE, 1_000_000_000, 1_000_000_000, 0, ""));
        display.close();
        assertEquals("100 % │█████████████████████████│ 250 units, 516 votes", lastFrame());
    }

    @Test
    void aJobInItsMiddleTellsWhatIsLeft() {
        display.show(progress(JobState.RUNNING, 250, 1_000, 61, "waiting for a second worker"));
        display.close();
        assertTrue(lastFrame().startsWith(" 25 % │██████▎ "), lastFrame());
        assertTrue(lastFrame().contains("250 units, 516 votes, 1:01 min left; w"), lastFrame());
    }

    @Test
    void aLineIsNeverLongerThanATerminal() {
        display.show(progress(JobState.RUNNING, 1, 1_000, 1e5, "a long message ".repeat(50)));
        display.close();
        assertTrue(lastFrame().length() < 80, lastFrame());
    }

    private String lastFrame() {
        List<String> frames = Arrays.asList(
                terminal.toString(StandardCharsets.UTF_8).stripTrailing().split("\r"));
        return frames.get(frames.size() - 1).stripTrailing();
    }

    private static JobProgress progress(JobState state, long done, long total, double left, String message) {
        return new JobProgress(
                new JobId("abcdefghijklmnop"), state, done, total, 250, 0, 3, 0, 516, left, message, List.of());
    }
}
