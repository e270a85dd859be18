package io.flockwork.sdk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobProgress;
import io.flockwork.sdk.model.JobState;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A job's progress in a log file stays short however long and busy the job is. */
class PlainProgressTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final HandClock clock = new HandClock();
    private final PlainProgress display = new PlainProgress(new PrintStream(out), clock);

    @Test
    void aDayOfChangesIsAFewHundredLines() {
        for (int i = 0; i < 24 * 3600 * 4; i++) {
            clock.millis += 250;
            display.show(progress(i, JobState.RUNNING));
        }
        long lines = lines().size();
        assertTrue(lines > 100 && lines < 500, () -> lines + " lines");
    }

    @Test
    void nothingNewIsNotSaidTwiceAndTheEndAlwaysIs() {
        display.show(progress(1, JobState.RUNNING));
        clock.millis += 60_000;
        display.show(progress(1, JobState.RUNNING));
        assertEquals(1, lines().size());
        display.show(progress(2, JobState.RUNNING));
        display.show(progress(3, JobState.DONE));
        assertEquals(3, lines().size());
        assertTrue(lines().get(2).contains("3 units accepted"), lines()::toString);
    }

    @Test
    void oneIsNotPluralAndNothingToDoIsAllDone() {
        display.show(progress(1, JobState.DONE));
        display.show(new JobProgress(new JobId("a"), JobState.DONE, 0, 0, 0, 0, 0, 0, 1, -1, "", List.of()));
        assertEquals("  0 %, 1 unit accepted, 1 running, 2 votes", lines().get(0));
        assertEquals("100 %, 0 units accepted, 1 vote", lines().get(1));
    }

    private List<String> lines() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static JobProgress progress(long accepted, JobState state) {
        return new JobProgress(new JobId("a"), state, accepted, 400_000, accepted, 0, 1, 0, 2, -1, "", List.of());
    }

    private static final class HandClock extends Clock {
        private long millis;

        @Override
        public long millis() {
            return millis;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
