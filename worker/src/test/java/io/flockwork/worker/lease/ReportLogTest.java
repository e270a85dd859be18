package io.flockwork.worker.lease;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.wire.Codec;
import io.flockwork.sdk.wire.WorkerMessage.Answer;
import io.flockwork.sdk.wire.WorkerMessage.Report;
import io.flockwork.sdk.wire.WorkerMessage.UnitReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written down is found again, whatever became of the file's end; and the file does not grow without bound. */
class ReportLogTest {
    private static final Codec CODEC = new Codec();
    private static final JobId JOB = JobId.random(new Random(1));
    private static final JobId OTHER = JobId.random(new Random(2));

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("reports");
    }

    @Test
    void whatIsAcknowledgedIsNotFoundAgain() throws IOException {
        try (ReportLog log = ReportLog.open(file, CODEC)) {
            assertEquals(Map.of(), log.found());
            log.forget(JOB, List.of(unit(7)));
            assertEquals(0, Files.size(file), "of what was never kept nothing is written");
            log.keep(report(JOB, 0, 1, 2));
            log.keep(report(OTHER, 5));
            log.forget(JOB, List.of(unit(1)));
            log.forget(OTHER, List.of(unit(5)));
        }
        try (ReportLog log = ReportLog.open(file, CODEC)) {
            Map<JobId, KeptReports> found = log.found();
            assertEquals(List.of(JOB), List.copyOf(found.keySet()));
            assertEquals(List.of(unit(0), unit(2)), units(found.get(JOB)));
            assertArrayEquals(
                    new byte[] {2},
                    ((Answer.Inline) found.get(JOB).find(unit(2)).answer()).output());
        }
    }

    /** However many bytes a crash left, what was whole before is found, and the log goes on from there. */
    @Test
    void aTornEndCostsOnlyWhatItTore() throws IOException {
        long first;
        try (ReportLog log = ReportLog.open(file, CODEC)) {
            log.keep(report(JOB, 0));
            first = Files.size(file);
            log.keep(report(JOB, 1));
        }
        byte[] whole = Files.readAllBytes(file);
        for (int length = (int) first; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            try (ReportLog log = ReportLog.open(file, CODEC)) {
                assertEquals(List.of(unit(0)), units(log.found().get(JOB)), length + " bytes");
                log.keep(report(JOB, 2));
            }
            try (ReportLog log = ReportLog.open(file, CODEC)) {
                assertEquals(List.of(unit(0), unit(2)), units(log.found().get(JOB)), length + " bytes");
            }
        }
    }

    @Test
    void aFlippedBitIsNoticed() throws IOException {
        try (ReportLog log = ReportLog.open(file, CODEC)) {
            log.keep(report(JOB, 0));
        }
        byte[] whole = Files.readAllBytes(file);
        for (int i = 0; i < whole.length; i++) {
            byte[] damaged = whole.clone();
            damaged[i] ^= 4;
            Files.write(file, damaged);
            try (ReportLog log = ReportLog.open(file, CODEC)) {
                assertEquals(Map.of(), log.found(), "byte " + i);
            }
        }
    }

    @Test
    void garbageIsAnEmptyLog() throws IOException {
        byte[] garbage = new byte[10_000];
        new Random(3).nextBytes(garbage);
        Files.write(file, garbage);
        try (ReportLog log = ReportLog.open(file, CODEC)) {
            assertEquals(Map.of(), log.found());
            log.keep(report(JOB, 0));
        }
        try (ReportLog log = ReportLog.open(file, CODEC)) {
            assertEquals(List.of(unit(0)), units(log.found().get(JOB)));
        }
    }

    @Test
    void aFullLogTakesNoMoreUntilItIsTidied() throws IOException {
        int most = 1_000;
        try (ReportLog log = ReportLog.open(file, CODEC, most)) {
            for (int i = 0; i < 100; i++) {
                log.keep(report(JOB, i));
            }
            assertTrue(Files.size(file) <= most);
            assertTrue(log.isUntidy(false));
            log.tidy(List.of(report(JOB, 98, 99)));
            assertFalse(log.isUntidy(false));
            log.keep(report(JOB, 100));
        }
        try (ReportLog log = ReportLog.open(file, CODEC, most)) {
            assertEquals(
                    List.of(unit(98), unit(99), unit(100)), units(log.found().get(JOB)));
        }
    }

    @Test
    void aFileOfAStrangersSizeIsReadNoFurtherThanALogCanBe() throws IOException {
        try (ReportLog log = ReportLog.open(file, CODEC)) {
            for (int i = 0; i < 100; i++) {
                log.keep(report(JOB, i));
            }
        }
        try (ReportLog log = ReportLog.open(file, CODEC, 200)) {
            assertTrue(log.found().get(JOB).size() < 10);
        }
    }

    @Test
    void whenNothingIsOwedTheFileIsEmptied() throws IOException {
        try (ReportLog log = ReportLog.open(file, CODEC)) {
            assertFalse(log.isUntidy(true), "it is empty");
            log.keep(report(JOB, 0));
            assertFalse(log.isUntidy(false), "it is short");
            log.forget(JOB, List.of(unit(0)));
            assertTrue(log.isUntidy(true));
            log.tidy(List.of());
            assertEquals(0, Files.size(file));
            log.keep(report(JOB, 1));
        }
        try (ReportLog log = ReportLog.open(file, CODEC)) {
            assertEquals(List.of(unit(1)), units(log.found().get(JOB)));
        }
    }

    @Test
    void reportsOfAJobThatIsNotNamedForLongAreForgotten() throws IOException {
        try (ReportLog log = ReportLog.open(file, CODEC)) {
            log.keep(report(JOB, 0));
            log.keep(report(OTHER, 0, 1));
        }
        try (ReportLog log = ReportLog.open(file, CODEC)) {
            Leftovers leftovers = new Leftovers(log);
            assertEquals(List.of(unit(0)), units(leftovers.of(JOB)));
            assertTrue(leftovers.of(JOB).isEmpty(), "they are the desk's now");
            for (int beat = 1; beat < Leftovers.PATIENCE_BEATS; beat++) {
                leftovers.beat();
            }
            assertEquals(1, leftovers.kept().size());
            leftovers.beat();
            assertTrue(leftovers.isEmpty());
            assertTrue(leftovers.of(OTHER).isEmpty());
        }
        try (ReportLog log = ReportLog.open(file, CODEC)) {
            assertEquals(List.of(JOB), List.copyOf(log.found().keySet()));
        }
    }

    private static Report report(JobId job, int... indices) {
        List<UnitReport> units = new ArrayList<>();
        for (int index : indices) {
            units.add(new UnitReport(unit(index), new Answer.Inline(new byte[] {(byte) index}, new byte[0], 10)));
        }
        return new Report(job, units);
    }

    private static Span unit(long index) {
        return new Span(index, index + 1);
    }

    private static List<Span> units(KeptReports reports) {
        return reports.units();
    }
}
