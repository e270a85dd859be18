package io.flockwork.worker.master;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.model.Assurance;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobSpec;
import io.flockwork.sdk.model.Limits;
import io.flockwork.sdk.model.Recipe;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.wire.ResultList.Body;
import io.flockwork.sdk.wire.ResultList.Entry;
import io.flockwork.sdk.wire.WorkerMessage;
import io.flockwork.sdk.wire.WorkerMessage.Answer;
import io.flockwork.sdk.wire.WorkerMessage.UnitReport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Results of a job with a hold, in virtual time: when they are final, who is told, and what a new master makes of it. */
class FinalsTest {
    private static final Duration HOLD = Duration.ofSeconds(10);
    private static final Duration WAIT = Duration.ofSeconds(20);

    private final MasterWorld world = new MasterWorld(1);
    private final FakeChannel ann = new FakeChannel(1);

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void aResultIsFinalWhenItHasStoodForTheHold() {
        world.core();
        JobId job = submit(2, HOLD);
        report(job, 0, "4");
        CompletableFuture<Optional<List<Entry>>> asked = ask(job, 0);
        world.run(Duration.ofSeconds(9));
        assertFalse(asked.isDone());
        world.run(Duration.ofSeconds(2));
        Entry told = only(asked);
        assertEquals(new Span(0, 1), told.unit());
        assertEquals("4", text(told));
        assertEquals(1, Releases.epoch(told.sequence()));
        assertFalse(world.ended(job));
        assertEquals(
                List.of(told.unit()),
                page(ask(job, 0)).stream().map(Entry::unit).toList(),
                "who asks again hears it");

        CompletableFuture<Optional<List<Entry>>> next = ask(job, told.sequence());
        world.run(Duration.ofSeconds(19));
        assertFalse(next.isDone());
        world.run(Duration.ofSeconds(2));
        assertEquals(List.of(), page(next), "nothing for so long");
    }

    @Test
    void pagesAreBounded() {
        world.core();
        JobId job = submit(5, HOLD);
        for (long index = 0; index < 4; index++) {
            report(job, index, "x");
        }
        world.run(Duration.ofSeconds(12));
        CompletableFuture<Optional<List<Entry>>> first = ask(job, 0, 3);
        world.run(Duration.ofMillis(1));
        List<Entry> page = page(first);
        assertEquals(3, page.size());
        Entry last = only(ask(job, page.get(2).sequence(), 3));
        assertEquals(new Span(3, 4), last.unit());
    }

    @Test
    void aNewMasterGoesOnWithTheOrderAndTakesNothingBack() {
        world.core();
        world.core();
        world.core();
        JobId job = submit(3, HOLD);
        report(job, 0, "4");
        report(job, 1, "5");
        world.run(Duration.ofSeconds(11));
        List<Entry> before = page(ask(job, 0));
        assertEquals(2, before.size());

        world.leader(job).orElseThrow().kill();
        world.run(Duration.ofSeconds(30));

        assertEquals(
                before.stream().map(Entry::sequence).toList(),
                page(ask(job, 0)).stream().map(Entry::sequence).toList());
        long last = before.get(1).sequence();
        CompletableFuture<Optional<List<Entry>>> next = ask(job, last);
        report(job, 2, "6");
        world.run(Duration.ofMillis(500));
        assertTrue(world.ended(job));
        assertEquals(List.of(), next.join().orElse(List.of()), "the rest is in the list");
        List<Entry> list = world.results(job);
        assertEquals(
                before.stream().map(Entry::sequence).toList(),
                list.subList(0, 2).stream().map(Entry::sequence).toList());
        assertTrue(list.get(2).sequence() > last);
    }

    @Test
    void aNewMasterBeginsTheHoldAnewOfWhatWasAccepted() {
        world.core();
        world.core();
        world.core();
        JobId job = submit(3, HOLD);
        report(job, 0, "4");
        world.run(Duration.ofSeconds(5));
        assertEquals(1, leader(job).mesh.progress(job).orElseThrow().unitsAccepted());

        world.leader(job).orElseThrow().kill();
        world.run(Duration.ofSeconds(30));

        Entry told = only(ask(job, 0));
        assertEquals(new Span(0, 1), told.unit());
        assertEquals(2, Releases.epoch(told.sequence()));
    }

    /** What nobody but the answers' own operator vouches for is not verified, and what is told cannot be looked at again. */
    @Test
    void whereThereIsOneOperatorNothingIsFinalBeforeTheEnd() {
        world.core();
        JobSpec plain = TestJobs.job(new Recipe.Range(0, 2, 1), "sum", Assurance.DEFAULT, Limits.DEFAULT);
        JobId job = submit(plain, HOLD);
        report(job, 0, "4");
        world.run(Duration.ofMinutes(2));
        assertEquals(1, leader(job).mesh.progress(job).orElseThrow().unitsAccepted());
        assertEquals(List.of(), page(ask(job, 0, 9, Duration.ZERO)));
    }

    @Test
    void whoAsksBeforeThereIsAMasterOrWhileTheJobEndsWaits() {
        world.core();
        JobId job = submit(2, HOLD);
        CompletableFuture<Optional<List<Entry>>> asked = ask(job, 0);
        report(job, 0, "4");
        report(job, 1, "5");
        world.run(Duration.ofSeconds(1));
        assertTrue(world.ended(job));
        assertTrue(asked.isDone(), "the end ends the wait");
    }

    @Test
    void aJobWithoutAHoldTellsNothingBeforeItsEnd() {
        world.core();
        JobId job = submit(2, Duration.ZERO);
        report(job, 0, "4");
        CompletableFuture<Optional<List<Entry>>> asked = ask(job, 0);
        world.run(Duration.ofSeconds(30));
        assertEquals(List.of(), page(asked));
        report(job, 1, "5");
        world.run(Duration.ofSeconds(1));
        assertEquals(
                List.of(1L, 2L),
                world.results(job).stream()
                        .map(entry -> entry.sequence() & 0xffff)
                        .toList());
    }

    @Test
    void whoAsksACoreThatDoesNotLeadTheJobHearsNothing() {
        world.core();
        assertEquals(
                Optional.empty(),
                world.cores
                        .get(0)
                        .masters
                        .finals(new JobId("abc"), 0, 9, WAIT)
                        .toCompletableFuture()
                        .join());
    }

    private JobId submit(long units, Duration hold) {
        JobSpec plain = TestJobs.job(new Recipe.Range(0, units, 1), "sum", new Assurance.Quorum(1), Limits.DEFAULT);
        return submit(plain, hold);
    }

    private JobId submit(JobSpec plain, Duration hold) {
        JobId job = world.submit(TestJobs.held(plain, hold));
        world.run(Duration.ofSeconds(1));
        leader(job).received(ann, job, new WorkerMessage.Ask(job, 9, 1, 0, 1000));
        world.run(Duration.ofSeconds(1));
        return job;
    }

    private MasterWorld.Core leader(JobId job) {
        return world.leader(job).orElseThrow();
    }

    private void report(JobId job, long index, String result) {
        Answer answer = new Answer.Inline(TestJobs.bytes(result), new byte[0], 10);
        leader(job)
                .received(
                        ann,
                        job,
                        new WorkerMessage.Report(job, List.of(new UnitReport(new Span(index, index + 1), answer))));
        world.run(Duration.ofMillis(1));
    }

    private CompletableFuture<Optional<List<Entry>>> ask(JobId job, long after) {
        return ask(job, after, 100);
    }

    private CompletableFuture<Optional<List<Entry>>> ask(JobId job, long after, int most) {
        return ask(job, after, most, WAIT);
    }

    private CompletableFuture<Optional<List<Entry>>> ask(JobId job, long after, int most, Duration wait) {
        CompletableFuture<Optional<List<Entry>>> answer =
                leader(job).masters.finals(job, after, most, wait).toCompletableFuture();
        world.run(Duration.ofMillis(1));
        return answer;
    }

    private static List<Entry> page(CompletableFuture<Optional<List<Entry>>> answer) {
        assertTrue(answer.isDone());
        return answer.join().orElseThrow();
    }

    private static Entry only(CompletableFuture<Optional<List<Entry>>> answer) {
        List<Entry> page = page(answer);
        assertEquals(1, page.size());
        return page.get(0);
    }

    private static String text(Entry entry) {
        return new String(((Body.Inline) entry.body().orElseThrow()).bytes(), StandardCharsets.UTF_8);
    }
}
