package io.flockwork.worker.master;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.model.Assurance;
import io.flockwork.sdk.model.Conduct;
import io.flockwork.sdk.model.Guarantee;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobProgress;
import io.flockwork.sdk.model.JobState;
import io.flockwork.sdk.model.Limits;
import io.flockwork.sdk.model.Outcome;
import io.flockwork.sdk.model.Recipe;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.model.Standing;
import io.flockwork.sdk.model.UnitOutcome;
import io.flockwork.sdk.wire.ResultList;
import io.flockwork.sdk.wire.WorkerMessage;
import io.flockwork.sdk.wire.WorkerMessage.Answer;
import io.flockwork.sdk.wire.WorkerMessage.UnitReport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one master does about its workers, in virtual time: who gets what, when it is patient and when no longer. */
class JobMasterTest {
    private static final Limits TWO_TRIES = new Limits(1000, 1 << 20, 1000, 2);

    private final MasterWorld world = new MasterWorld(1);
    private final FakeChannel ann = new FakeChannel(1);
    private final FakeChannel bob = new FakeChannel(2);
    private final FakeChannel cyd = new FakeChannel(3);
    private MasterWorld.Core core;

    @BeforeEach
    void start() {
        core = world.core();
    }

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void aRequestThatFindsNoWorkWaitsAndIsServedByWhatComesBack() {
        JobId job = submit(1, 1);
        ask(ann, job);
        ask(bob, job);
        assertEquals(units(0, 1), ann.leased());
        assertEquals(List.of(), bob.leased());
        core.masters.gone(ann);
        world.run(Duration.ofSeconds(2));
        assertEquals(List.of(), bob.leased(), "a short absence costs nothing");
        world.run(Duration.ofSeconds(2));
        assertEquals(units(0, 1), bob.leased());
    }

    @Test
    void aWorkerThatComesBackInTimeKeepsItsUnits() {
        JobId job = submit(1, 1);
        ask(ann, job);
        ask(bob, job);
        core.masters.gone(ann);
        FakeChannel again = new FakeChannel(1);
        send(again, new WorkerMessage.InHand(job, units(0, 1)));
        core.masters.gone(ann);
        world.run(Duration.ofSeconds(8));
        assertEquals(List.of(), bob.leased());
        report(again, job, 0, "7");
        assertDone(job, "7", 0);
    }

    @Test
    void theOnlyWorkerOfAGridGetsItsAnswersUnverifiedAfterAShortGrace() {
        JobId job = submit(3, 2);
        ask(ann, job);
        ask(ann, job);
        ann.leased().forEach(unit -> report(ann, job, unit.from(), "1"));
        world.run(Duration.ofSeconds(4));
        assertFalse(world.ended(job));
        assertEquals(
                "waiting for another worker to confirm the answers",
                progress(job).message());
        world.run(Duration.ofSeconds(3));
        assertDone(job, "3", 3);
    }

    @Test
    void whereOthersWereSeenTheGraceIsLonger() {
        JobId job = submit(1, 2);
        ask(bob, job);
        ask(ann, job);
        core.masters.gone(bob);
        report(ann, job, 0, "1");
        world.run(Duration.ofSeconds(25));
        assertFalse(world.ended(job));
        world.run(Duration.ofSeconds(10));
        assertDone(job, "1", 1);
    }

    @Test
    void twoThatDisagreeAreContestedUntilAThirdComes() {
        JobId job = submit(1, 2);
        ask(ann, job);
        ask(bob, job);
        report(ann, job, 0, "1");
        report(bob, job, 0, "2");
        world.run(Duration.ofMinutes(10));
        assertFalse(world.ended(job), "neither is believed for lack of others");
        assertEquals(1, progress(job).unitsContested());
        assertEquals(
                "1 contested: one more worker is needed to decide",
                progress(job).message());
        ask(cyd, job);
        report(cyd, job, 0, "2");
        assertDone(job, "2", 0);
        assertEquals(List.of("vote", "check", "contested", "check", "accepted"), world.told);
        assertEquals(
                Set.of("worker 1"),
                Set.copyOf(progress(job).workers().stream()
                        .filter(share -> share.outvoted() > 0)
                        .map(JobProgress.WorkerShare::name)
                        .toList()));
    }

    @Test
    void aWorkerNeverGetsAUnitItHasVotedOn() {
        JobId job = submit(1, 2);
        ask(ann, job);
        report(ann, job, 0, "1");
        ask(ann, job);
        world.run(Duration.ofSeconds(3));
        assertEquals(1, ann.leased().size());
    }

    @Test
    void twoVotesOfOneWorkerAreOne() {
        JobId job = submit(1, 2);
        ask(ann, job);
        report(ann, job, 0, "1");
        report(ann, job, 0, "1");
        world.run(Duration.ofSeconds(2));
        assertEquals(1, progress(job).votes());
        assertEquals(units(0, 1), List.copyOf(Set.copyOf(ann.acknowledged())), "both reports are taken off its hands");
        assertFalse(world.ended(job));
    }

    @Test
    void aLateVoteCountsForTheWorkersStandingOnly() {
        JobId job = submit(2, 1);
        ask(ann, job);
        ask(bob, job);
        goneForGood(ann);
        assertEquals(ann.leased(), bob.leased());
        report(bob, job, 0, "9");
        report(ann, job, 0, "1");
        report(bob, job, 1, "1");
        assertDone(job, "10", 0);
    }

    @Test
    void anUploadedResultIsTakenWhenItHasArrivedAndInItsTrueSize() {
        JobId job = submit(1, 1);
        ask(ann, job);
        byte[] output = TestJobs.bytes("12");
        Answer uploaded = new Answer.Uploaded(RandomUnits.digest(output), 999_999, new byte[0], 10);
        send(ann, new WorkerMessage.Report(job, List.of(new UnitReport(new Span(0, 1), uploaded))));
        world.run(Duration.ofSeconds(1));
        assertEquals(List.of(), ann.acknowledged(), "not here yet");
        TestJobs.publish(world.swarm, "result", output);
        send(ann, new WorkerMessage.Report(job, List.of(new UnitReport(new Span(0, 1), uploaded))));
        assertDone(job, "12", 0);
        assertEquals(
                2,
                world.results(job)
                        .get(0)
                        .body()
                        .map(body -> ((ResultList.Body.Stored) body).size())
                        .orElseThrow());
    }

    @Test
    void unitsThatNobodyLeasedToAnyoneAreRefusedAndForgotten() {
        JobId job = submit(4, 1);
        send(ann, new WorkerMessage.InHand(job, List.of(new Span(50, 60))));
        assertEquals(List.of(new Span(50, 60)), ann.dropped());
        report(ann, job, 77, "5");
        world.run(Duration.ofSeconds(1));
        assertEquals(List.of(new Span(77, 78)), ann.acknowledged());
        assertEquals(0, progress(job).votes());
    }

    @Test
    void aUnitThatFailsAllItsTriesFailsTheJobAndTheOthersStayFetchable() {
        JobId job = world.submit(TestJobs.job(new Recipe.Range(0, 3, 1), "sum", 1, TWO_TRIES));
        ask(ann, job);
        ask(bob, job);
        fail(ann, job, 1);
        world.run(Duration.ofMillis(100));
        report(ann, job, 0, "1");
        report(bob, job, 2, "1");
        ask(bob, job);
        world.run(Duration.ofMillis(100));
        assertTrue(bob.leased().contains(new Span(1, 2)), "a failed unit is tried elsewhere");
        fail(bob, job, 1);
        world.run(Duration.ofSeconds(1));
        Outcome outcome = world.record(job).outcome().orElseThrow();
        assertEquals(JobState.FAILED, world.record(job).state());
        assertEquals("unit 1 (1..2): exit code 3 after 2 tries", outcome.failure());
        assertEquals(
                List.of("", "exit code 3 after 2 tries", ""),
                world.results(job).stream().map(entry -> entry.failure()).toList());
        assertEquals("oops", new String(world.results(job).get(1).stderr(), StandardCharsets.UTF_8));
    }

    @Test
    void aJobWhoseUnitsNearlyAllFailEndsEarly() {
        Limits oneTry = new Limits(1000, 1 << 20, 1000, 1);
        JobId job = world.submit(TestJobs.job(new Recipe.Range(0, 1_000_000, 1), "sum", 1, oneTry));
        for (int i = 0; i < 200 && !world.ended(job); i++) {
            ask(ann, job);
            List<Span> leased = ann.leased();
            report(ann, job, leased.get(0).from(), "1");
            leased.subList(1, leased.size()).forEach(unit -> fail(ann, job, unit.from()));
            world.run(Duration.ofMillis(100));
        }
        assertEquals(JobState.FAILED, world.record(job).state());
        assertTrue(
                world.record(job).outcome().orElseThrow().failure().endsWith(" more)"),
                world.record(job).outcome().orElseThrow().failure());
        assertTrue(world.results(job).size() < 5_000, "the rest of a million units is not tried");
    }

    @Test
    void aRangeIsCarvedSoThatItsUnitsMayPrintWhatTheyPrint() {
        Limits thousandBytes = new Limits(1000, 1 << 20, 1000, 1);
        JobId job = world.submit(TestJobs.job(new Recipe.Range(0, 20_000), "", 1, thousandBytes));
        for (int round = 0; round < 200 && !world.ended(job); round++) {
            ask(ann, job);
            ann.takeLeased().forEach(unit -> report(ann, job, unit, "x".repeat((int) unit.size())));
            world.run(Duration.ofMillis(100));
        }
        assertDone(job, "", 0);
        assertTrue(world.results(job).stream().allMatch(entry -> entry.failure().isEmpty()));
        assertTrue(world.results(job).size() < 200, "with room for a thousand, units of a hundred and more");
    }

    @Test
    void anEmptyJobIsDoneAtOnce() {
        JobId job = world.submit(TestJobs.job(new Recipe.Range(5, 5), 2));
        assertDone(job, "0", 0);
    }

    @Test
    void whatIsSettledIsTakenFromThoseStillAtIt() {
        JobId job = submit(1, 1);
        ask(ann, job);
        ask(bob, job);
        goneForGood(ann);
        report(ann, job, 0, "3");
        assertDone(job, "3", 0);
        assertEquals(units(0, 1), bob.dropped());
    }

    @Test
    void oneWorkerAloneEndsAJobUnverified() {
        JobId job = byLot(20);
        answerAll(job, ann);
        world.run(Duration.ofSeconds(10));
        assertDone(job, "20", 20);
        assertEquals(Guarantee.ONE_WORKER, outcome(job).guarantee());
    }

    @Test
    void whereTheGridHasOthersWhoAreStillStartingTheyAreWaitedFor() {
        core.mesh.connected(bob.worker());
        JobId job = byLot(20);
        answerAll(job, ann);
        world.run(Duration.ofSeconds(20));
        assertFalse(world.ended(job));
        answerAll(job, bob);
        world.run(Duration.ofSeconds(2));
        assertDone(job, "20", 0);
    }

    @Test
    void workersOfOneOperatorConfirmNothingToOthers() {
        FakeChannel other = new FakeChannel(1, 4);
        JobId job = byLot(20);
        answerAll(job, ann, other);
        world.run(Duration.ofSeconds(40));
        assertDone(job, "20", 20);
        assertEquals(Guarantee.ONE_OPERATOR, outcome(job).guarantee());
    }

    @Test
    void aLiarIsBannedForAllJobsAndItsAnswersAreComputedAgain() {
        JobId job = byLot(60);
        for (int round = 0; round < 200 && !world.ended(job); round++) {
            for (FakeChannel worker : List.of(ann, bob, cyd)) {
                ask(worker, job);
                String result = worker == cyd ? "7" : "1";
                worker.takeLeased().forEach(unit -> report(worker, job, unit.from(), result));
            }
            world.run(Duration.ofMillis(300));
        }
        assertDone(job, "60", 0);
        Conduct liar = core.mesh.conduct(cyd.worker().id()).orElseThrow();
        assertEquals(Standing.BANNED, liar.reputation().standing());
        assertEquals(job, liar.strikes().get(0).job());
        assertFalse(
                core.mesh.conduct(ann.worker().id()).orElseThrow().reputation().standing() == Standing.BANNED);
        JobId next = byLot(5);
        core.masters.received(cyd, next, new WorkerMessage.Ask(next, 2, 1, 0, 1000));
        world.run(Duration.ofMillis(10));
        assertEquals(List.of(), cyd.takeLeased(), "it gets nothing more");
    }

    private JobId byLot(long units) {
        return world.submit(TestJobs.job(new Recipe.Range(0, units, 1), "sum", Assurance.DEFAULT, Limits.DEFAULT));
    }

    private void answerAll(JobId job, FakeChannel... workers) {
        for (int round = 0; round < 50; round++) {
            for (FakeChannel worker : workers) {
                ask(worker, job);
                worker.takeLeased().forEach(unit -> report(worker, job, unit.from(), "1"));
            }
        }
    }

    private Outcome outcome(JobId job) {
        return world.record(job).outcome().orElseThrow();
    }

    private JobId submit(long units, int quorum) {
        return world.submit(TestJobs.job(new Recipe.Range(0, units, 1), quorum));
    }

    /** So long that its units go to others. */
    private void goneForGood(FakeChannel worker) {
        core.masters.gone(worker);
        world.run(Duration.ofSeconds(4));
    }

    @Test
    void aWorkerThatWasRestartedMayStillAnswerWhatItWasLeased() {
        JobId job = submit(1, 2);
        ask(ann, job);
        goneForGood(ann);
        FakeChannel restarted = new FakeChannel(1);
        report(restarted, job, 0, "7");
        report(restarted, job, 0, "7");
        world.run(Duration.ofSeconds(1));
        assertEquals(1, progress(job).votes(), "its vote, and not twice");
        assertEquals(units(0, 1), List.copyOf(Set.copyOf(restarted.acknowledged())));
        ask(restarted, job);
        assertEquals(List.of(), restarted.leased(), "nor a second copy");
        ask(bob, job);
        report(bob, job, 0, "7");
        assertDone(job, "7", 0);
    }

    @Test
    void theNextMasterTakesAnswersFromThoseItsPredecessorLeasedToAndFromNobodyElse() {
        world.core();
        world.core();
        JobId job = submit(2, 2);
        MasterWorld.Core first = world.leader(job).orElseThrow();
        first.received(ann, job, new WorkerMessage.Ask(job, 2, 1, 0, 1000));
        world.run(Duration.ofSeconds(1));
        assertEquals(2, ann.leased().size());
        first.kill();
        world.run(Duration.ofMinutes(5));
        core = world.leader(job).orElseThrow();
        FakeChannel restarted = new FakeChannel(1);
        report(restarted, job, 0, "4");
        report(bob, job, 0, "9");
        world.run(Duration.ofSeconds(1));
        assertEquals(1, progress(job).votes(), "ann's, also minutes later; bob never had the unit");
        assertEquals(units(0, 1), bob.acknowledged(), "and need not say it again");
        send(bob, new WorkerMessage.InHand(job, units(1, 2)));
        assertEquals(units(1, 2), bob.dropped());
        ask(bob, job);
        report(bob, job, 0, "4");
        report(bob, job, 1, "5");
        report(restarted, job, 1, "5");
        assertDone(job, "9", 0);
    }

    @Test
    void aFirstMasterLetsNobodyChooseUnits() {
        JobId job = submit(2, 1);
        ask(ann, job);
        send(bob, new WorkerMessage.InHand(job, List.of(new Span(0, 2))));
        assertEquals(List.of(new Span(0, 2)), bob.dropped());
        report(bob, job, 0, "9");
        world.run(Duration.ofSeconds(1));
        assertEquals(0, progress(job).votes());
    }

    private void ask(FakeChannel worker, JobId job) {
        send(worker, new WorkerMessage.Ask(job, 2, 1, 0, 1000));
    }

    private void report(FakeChannel worker, JobId job, long index, String result) {
        report(worker, job, new Span(index, index + 1), result);
    }

    private void report(FakeChannel worker, JobId job, Span unit, String result) {
        Answer answer = new Answer.Inline(TestJobs.bytes(result), new byte[0], 10);
        send(worker, new WorkerMessage.Report(job, List.of(new UnitReport(unit, answer))));
    }

    private void fail(FakeChannel worker, JobId job, long index) {
        Answer answer = new Answer.Failed(new UnitOutcome.Failed("exit code 3", TestJobs.bytes("oops"), 10));
        send(worker, new WorkerMessage.Report(job, List.of(new UnitReport(new Span(index, index + 1), answer))));
    }

    private void send(FakeChannel worker, WorkerMessage message) {
        JobId job = world.cores.get(0).mesh.jobs().iterator().next().id();
        core.masters.received(worker, job, message);
        world.run(Duration.ofMillis(1));
    }

    private JobProgress progress(JobId job) {
        return core.mesh.progress(job).orElseThrow();
    }

    private void assertDone(JobId job, String combined, long unverified) {
        world.run(Duration.ofMillis(200));
        assertEquals(JobState.DONE, world.record(job).state());
        assertEquals(combined, world.combined(job));
        assertEquals(unverified, world.record(job).outcome().orElseThrow().unverified());
    }

    private static List<Span> units(long... bounds) {
        return List.of(new Span(bounds[0], bounds[1]));
    }
}
