package io.flockwork.worker.master;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.Guarantee;
import io.flockwork.sdk.model.JobState;
import io.flockwork.sdk.model.Limits;
import io.flockwork.sdk.model.NamedBlob;
import io.flockwork.sdk.model.Outcome;
import io.flockwork.sdk.model.Recipe;
import io.flockwork.sdk.model.Slice;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.wire.ResultList;
import io.flockwork.worker.swarm.Swarm;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a submitter is told at the end: every unit's result in order, the combined one, and what failed in one line. */
class JobEndingTest {
    private static final Clock NOW = Clock.fixed(Instant.ofEpochMilli(77), ZoneOffset.UTC);
    private static final Split FILES =
            Split.ofInputs(5, index -> new Slice(new BlobId("9".repeat(64)), 0, 1, "file-" + index + ".txt"));

    private Swarm swarm;

    @TempDir
    Path folder;

    @BeforeEach
    void start() {
        swarm = TestJobs.lonelySwarm(folder);
    }

    @Test
    void resultsAreListedInOrderWithTheirInputsNamesWhereverTheyAre() throws IOException {
        NamedBlob stored = TestJobs.publish(swarm, "long", TestJobs.bytes("2"));
        UnitRecord inBlob = unit(1);
        inBlob.vote(TestJobs.node(1), stored.blob(), 0, new Body.Stored(stored.blob(), 1), TestJobs.bytes("warning"));
        inBlob.accept(stored.blob(), true);
        Outcome outcome = done("concat", FILES, List.of(accepted(0, "1", true), inBlob, accepted(2, "3", false)));
        List<ResultList.Entry> entries = entries(outcome);
        assertEquals(
                List.of("file-0.txt", "file-1.txt", "file-2.txt"),
                entries.stream().map(ResultList.Entry::inputName).toList());
        assertEquals(
                Optional.of(new ResultList.Body.Stored(stored.blob(), 1)),
                entries.get(1).body());
        assertEquals("warning", new String(entries.get(1).stderr(), StandardCharsets.UTF_8));
        assertEquals(Optional.empty(), outcome.combined(), "concat is what the list is anyway");
        assertEquals(1, outcome.unverified());
        assertEquals(
                List.of(true, true, false),
                entries.stream().map(ResultList.Entry::verified).toList());
        assertEquals(77, outcome.endedMillis());
    }

    @Test
    void whereNobodyElseVouchesForTheResultsAllAreUnverified() throws IOException {
        List<UnitRecord> units = List.of(accepted(0, "1", true), accepted(1, "2", true));
        for (Guarantee none : List.of(Guarantee.ONE_WORKER, Guarantee.ONE_OPERATOR)) {
            Outcome outcome =
                    ending("sum", Split.ofRange(0, 2, 1)).of(units, none).outcome();
            assertEquals(2, outcome.unverified());
            assertTrue(entries(outcome).stream().noneMatch(ResultList.Entry::verified));
            assertEquals(none, outcome.guarantee());
        }
    }

    @Test
    void aSumTakesInlineAndStoredResults() throws IOException {
        NamedBlob stored = TestJobs.publish(swarm, "long", TestJobs.bytes("40"));
        UnitRecord inBlob = unit(1);
        inBlob.vote(TestJobs.node(1), stored.blob(), 0, new Body.Stored(stored.blob(), 2), new byte[0]);
        inBlob.accept(stored.blob(), true);
        Outcome outcome = done("sum", FILES, List.of(accepted(0, "2", true), inBlob));
        BlobId combined = outcome.combined().orElseThrow().blob();
        assertEquals("42\n", new String(TestJobs.read(swarm, combined), StandardCharsets.UTF_8));
    }

    @Test
    void aFailedJobNamesItsFirstFailureByTheUnitsOwnNumberAndKeepsTheOtherResults() throws IOException {
        Outcome outcome = failed("sum", FILES, List.of(accepted(0, "1", true), broken(3), broken(4)));
        assertEquals("unit 3 (file-3.txt): exit code 3 after 1 try (and 1 more)", outcome.failure());
        assertEquals(Optional.empty(), outcome.combined());
        List<ResultList.Entry> entries = entries(outcome);
        assertTrue(entries.get(0).body().isPresent());
        assertEquals("exit code 3 after 1 try", entries.get(1).failure());
    }

    @Test
    void aResultThatDoesNotFitTheCombinerFailsTheJobAndStaysFetchable() throws IOException {
        Outcome outcome =
                failed("sum", Split.ofRange(0, 2, 1), List.of(accepted(0, "1", true), accepted(1, "x", true)));
        assertEquals("unit 1 (1..2): cannot sum: the result is not one number: x", outcome.failure());
        assertEquals(2, entries(outcome).size());
    }

    private Outcome done(String combine, Split split, List<UnitRecord> units) throws IOException {
        JobEnding.Ended ended = ending(combine, split).of(units, Guarantee.LOTTERY);
        assertEquals(JobState.DONE, ended.state(), ended.outcome().failure());
        return ended.outcome();
    }

    private Outcome failed(String combine, Split split, List<UnitRecord> units) throws IOException {
        JobEnding.Ended ended = ending(combine, split).of(units, Guarantee.LOTTERY);
        assertEquals(JobState.FAILED, ended.state());
        return ended.outcome();
    }

    private JobEnding ending(String combine, Split split) {
        return new JobEnding(
                TestJobs.job(new Recipe.Range(0, 1), combine, 1, Limits.DEFAULT),
                split,
                swarm,
                JobTypes.of(List.of()),
                NOW);
    }

    private List<ResultList.Entry> entries(Outcome outcome) {
        byte[] list = TestJobs.read(swarm, outcome.results().orElseThrow().blob());
        List<ResultList.Entry> entries = new ArrayList<>();
        ResultList.read(new ByteArrayInputStream(list)).forEachRemaining(entries::add);
        return entries;
    }

    private static UnitRecord unit(long index) {
        return new UnitRecord(new Span(index, index + 1), (int) index);
    }

    private static UnitRecord accepted(long index, String result, boolean verified) {
        UnitRecord unit = unit(index);
        byte[] bytes = TestJobs.bytes(result);
        unit.vote(TestJobs.node(1), RandomUnits.digest(bytes), 0, new Body.Inline(bytes), new byte[0]);
        unit.accept(RandomUnits.digest(bytes), verified);
        return unit;
    }

    private static UnitRecord broken(long index) {
        UnitRecord unit = unit(index);
        unit.failedTry(TestJobs.node(1), "exit code 3", new byte[0]);
        unit.giveUp();
        return unit;
    }
}
