package io.flockwork.worker.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.blob.BlobHasher;
import io.flockwork.sdk.identity.Credentials;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.Code;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobSeal;
import io.flockwork.sdk.model.Limits;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.model.UnitOutcome;
import io.flockwork.sdk.proof.VoteBatch;
import io.flockwork.sdk.proof.VoteChain;
import io.flockwork.sdk.proof.VoteStatement;
import io.flockwork.sdk.wire.Codec;
import io.flockwork.sdk.wire.Message;
import io.flockwork.sdk.wire.WorkerMessage.Answer;
import io.flockwork.sdk.wire.WorkerMessage.Ask;
import io.flockwork.sdk.wire.WorkerMessage.InHand;
import io.flockwork.sdk.wire.WorkerMessage.JobNotice;
import io.flockwork.sdk.wire.WorkerMessage.LeasedUnit;
import io.flockwork.sdk.wire.WorkerMessage.Report;
import io.flockwork.sdk.wire.WorkerMessage.UnitReport;
import io.flockwork.worker.TestMembers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a worker says to a job's master, and that it forgets nothing the master may not have. */
class JobDeskTest {
    private static final int SLOTS = 2;
    private static final Address FIRST = new Address("first", 1);
    private static final Address SECOND = new Address("second", 2);
    private static final JobId JOB = JobId.random(new Random(1));
    private static final Credentials WORKER = TestMembers.credentials(Role.EDGE);
    private static final BlobId BLOB = new BlobId("a".repeat(64));

    private final List<Message> sent = new ArrayList<>();
    private final List<Address> reached = new ArrayList<>();
    private final FakeBench bench = new FakeBench();
    private final Deque<Runnable> pauses = new ArrayDeque<>();
    private boolean connected = true;
    private ReportLog log;
    private JobDesk desk;

    @TempDir
    Path folder;

    @BeforeEach
    void open() throws IOException {
        log = ReportLog.open(folder.resolve("reports"), new Codec());
        desk = desk();
    }

    @AfterEach
    void close() throws IOException {
        log.close();
    }

    private JobDesk desk() {
        return new JobDesk(
                notice(FIRST, 1),
                SLOTS,
                new Pace(),
                bench,
                this::send,
                new Outbox(JOB, new VoteChain(WORKER, JOB, new Random(7)), log),
                (millis, task) -> pauses.add(task));
    }

    private boolean send(Address core, Message message) {
        if (connected) {
            sent.add(message);
            reached.add(core);
        }
        return connected;
    }

    /** This worker is killed and started again. */
    private void restart() throws IOException {
        log.close();
        sent.clear();
        log = ReportLog.open(folder.resolve("reports"), new Codec());
        desk = desk();
        desk.takeUp(new Leftovers(log).of(JOB));
    }

    @Test
    void asksOnceWhenHungryAndAgainWhenServed() {
        desk.askIfHungry();
        desk.askIfHungry();
        assertEquals(1, sentOf(Ask.class).size());
        lease(1);
        desk.askIfHungry();
        assertEquals(2, sentOf(Ask.class).size(), "one unit does not fill two slots");
    }

    @Test
    void laidDownItWorksOnNothingButKeepsItsReports() {
        lease(1);
        Span done = bench.running.get(0);
        bench.end(done, new UnitOutcome.Done(new byte[1], new byte[0], 5));
        lease(2);
        Span left = bench.running.get(0);

        desk.layDown();
        bench.end(left, new UnitOutcome.Done(new byte[1], new byte[0], 5));

        assertTrue(bench.closed);
        assertEquals(new AgentStatus.JobStatus(JOB, notice(FIRST, 1).code(), true, 1, 0, 1), desk.status(true));
        desk.askIfHungry();
        desk.resume();
        List<Report> reports = sentOf(Report.class);
        assertEquals(done, reports.get(reports.size() - 1).units().get(0).unit());
        assertEquals(1, reports.get(reports.size() - 1).units().size());
    }

    @Test
    void doesNotAskWhileWhatItHasWillLast() {
        lease(3);
        end(0, 1_000_000);
        sent.clear();
        leaseThese(10, 11, 12, 13);
        desk.askIfHungry();
        assertEquals(List.of(), sentOf(Ask.class));
        end(1, 1_000_000);
        end(2, 1_000_000);
        end(10, 1_000_000);
        end(11, 1_000_000);
        assertEquals(1, sentOf(Ask.class).size());
    }

    @Test
    void asksForItsShareOfTheWorkersTimeOnly() {
        desk.share(0.25);
        desk.askIfHungry();
        assertEquals(0.25, sentOf(Ask.class).get(0).seconds());
        lease(2);
        end(0, 10);
        assertEquals(0.25, sentOf(Ask.class).get(1).seconds(), "also when it asks because a unit ended");
    }

    @Test
    void enormousUnitsDoNotLookLikeNone() {
        desk.leased(LongStream.range(0, 5)
                .mapToObj(i -> new LeasedUnit(new Span(i << 60, (i + 1) << 60), Optional.empty()))
                .toList());
        bench.end(new Span(0, 1L << 60), done(new byte[1], 1_000_000));
        sent.clear();
        desk.askIfHungry();
        assertEquals(List.of(), sentOf(Ask.class));
    }

    @Test
    void anAskThatReachedNobodyIsAskedAgain() {
        connected = false;
        desk.askIfHungry();
        connected = true;
        desk.askIfHungry();
        assertEquals(1, sentOf(Ask.class).size());
        desk.notLed();
        desk.askIfHungry();
        assertEquals(2, sentOf(Ask.class).size());
    }

    @Test
    void aReportIsKeptUntilAcknowledgedAndSaidAgainToWhoeverLeads() {
        lease(2);
        end(0, 10);
        assertEquals(List.of(unit(0)), reported());
        sent.clear();
        desk.resume();
        assertEquals(List.of(unit(0)), reported(), "after a broken socket");
        assertEquals(List.of(List.of(unit(1))), inHand());
        sent.clear();
        reached.clear();
        desk.follow(notice(SECOND, 2));
        assertEquals(List.of(unit(0)), reported(), "to the new master");
        assertTrue(reached.stream().allMatch(SECOND::equals));
        desk.acknowledged(List.of(unit(0)));
        sent.clear();
        desk.follow(notice(FIRST, 3));
        assertEquals(List.of(), reported());
    }

    @Test
    void theSameNoticeAgainChangesNothing() {
        lease(1);
        end(0, 10);
        sent.clear();
        desk.follow(notice(FIRST, 1));
        assertEquals(List.of(), sent);
    }

    @Test
    void aReportThatStaysUnacknowledgedIsSentAgainThoughOthersAreAcknowledged() {
        lease(10);
        end(0, 10);
        sent.clear();
        for (int beat = 1; beat <= 5; beat++) {
            end(beat, 10);
            desk.acknowledged(List.of(unit(beat)));
            desk.beat();
        }
        assertEquals(1, reported().stream().filter(unit(0)::equals).count(), "said once more after five beats");
        assertEquals(1, reported().stream().filter(unit(3)::equals).count());
    }

    @Test
    void aUnitThatWasDroppedIsNotReported() {
        lease(2);
        desk.dropped(List.of(unit(0)));
        assertEquals(List.of(unit(0)), bench.dropped);
        end(0, 10);
        assertEquals(List.of(), reported());
    }

    @Test
    void aLongResultIsUploadedBeforeItIsReportedAndCountsAsInHandMeanwhile() {
        lease(1);
        endLong(0);
        bench.stores.get(0).accept(uploaded());
        assertEquals(List.of(), reported());
        desk.beat();
        assertEquals(List.of(List.of(unit(0))), inHand());
        assertEquals(FIRST, bench.uploads.get(0).core());
        bench.uploads.get(0).answered().accept(uploaded());
        assertEquals(List.of(unit(0)), reported());
        sent.clear();
        desk.beat();
        assertEquals(List.of(List.of()), inHand(), "a sign of life with nothing in hand");
    }

    @Test
    void aLongResultOfADroppedUnitIsNotReported() {
        lease(2);
        endLong(0);
        endLong(1);
        bench.stores.get(0).accept(uploaded());
        desk.dropped(List.of(unit(0), unit(1)));
        bench.stores.get(1).accept(uploaded());
        bench.uploads.get(0).answered().accept(uploaded());
        assertEquals(1, bench.uploads.size());
        desk.resume();
        assertEquals(List.of(), reported());
        assertTrue(desk.owesNothing());
    }

    @Test
    void aResultThatCannotBeStoredIsAFailureAndNotHeldForEver() {
        lease(1);
        endLong(0);
        Answer failure = new Answer.Failed(new UnitOutcome.Failed("its result could not be stored", new byte[0], 1));
        bench.stores.get(0).accept(failure);
        assertEquals(failure, sentOf(Report.class).get(0).units().get(0).answer());
        sent.clear();
        desk.beat();
        assertEquals(List.of(List.of()), inHand(), "a sign of life with nothing in hand");
    }

    @Test
    void aNewMasterGetsLongResultsBeforeTheirReports() {
        lease(1);
        endLong(0);
        bench.stores.get(0).accept(uploaded());
        bench.uploads.get(0).answered().accept(uploaded());
        sent.clear();
        desk.follow(notice(SECOND, 2));
        assertEquals(List.of(unit(0)), reported(), "a signature, of which nothing counts before the bytes are there");
        assertEquals(SECOND, bench.uploads.get(1).core());
        bench.uploads.get(1).answered().accept(uploaded());
        assertEquals(List.of(unit(0), unit(0)), reported());
        desk.acknowledged(List.of(unit(0)));
        sent.clear();
        bench.uploads.get(1).answered().accept(uploaded());
        assertEquals(List.of(), reported(), "nothing that is safe is said again");
    }

    @Test
    void votesAreSignedInBatchesOfWhichEachNamesTheOneBefore() throws IOException {
        lease(4);
        end(0, 10);
        bench.end(unit(1), new UnitOutcome.Failed("exit code 3", new byte[0], 10));
        end(2, 10);
        List<Report> reports = sentOf(Report.class);
        assertEquals(Optional.empty(), reports.get(1).seal(), "a failure is no vote");
        VoteBatch first = batch(reports.get(0));
        VoteBatch second = batch(reports.get(2));
        assertEquals(0, first.seal().sequence());
        assertEquals(1, second.seal().sequence());
        assertEquals(first.root(), second.seal().previous());
        for (VoteBatch batch : List.of(first, second)) {
            assertTrue(batch.isSignedBy(WORKER.keys().signing().getPublic(), WORKER.grid(), JOB));
        }
    }

    @Test
    void whatEndsWithinAMomentOfABatchGoesWithTheNextOne() {
        lease(5);
        for (int i = 0; i < 4; i++) {
            bench.end(unit(i), done(new byte[] {7}, 10));
        }
        assertEquals(List.of(unit(0)), reported());
        desk.beat();
        assertTrue(inHand().get(0).contains(unit(1)), "in hand until it is told");
        desk.dropped(List.of(unit(2)));
        pauses.poll().run();
        assertEquals(List.of(unit(0), unit(1), unit(3)), reported(), "all but what is not wanted");
        assertEquals(2, sentOf(Report.class).size());
        pass();
        assertTrue(pauses.isEmpty(), "nothing to be told, nothing to wait for");
        bench.end(unit(4), done(new byte[] {7}, 10));
        assertEquals(3, sentOf(Report.class).size(), "at once again");
    }

    /** A job's end, or the next units, may hang on it. */
    @Test
    void theLastOfWhatIsInHandWaitsForNothing() {
        lease(3);
        for (int i = 0; i < 3; i++) {
            bench.end(unit(i), done(new byte[] {7}, 10));
        }
        assertEquals(List.of(unit(0), unit(1), unit(2)), reported());
        assertEquals(2, sentOf(Report.class).size(), "the two after the first one go together");
        assertEquals(1, pauses.size(), "one moment at a time");
    }

    @Test
    void whatWaitsIsToldBeforeItLaysDownItsWork() {
        lease(2);
        bench.end(unit(0), done(new byte[] {7}, 10));
        bench.end(unit(1), done(new byte[] {7}, 10));
        desk.layDown();
        assertEquals(List.of(unit(0), unit(1)), reported());
    }

    @Test
    void whatACoreRefusedThatDoesNotLeadYetIsSoonSaidAgainInOrder() {
        lease(3);
        end(0, 10);
        end(1, 10);
        sent.clear();
        desk.notLed();
        desk.notLed();
        assertEquals(1, pauses.size(), "once for all that was refused");
        pass();
        assertEquals(List.of(unit(0), unit(1)), reported());
    }

    @Test
    void aBatchIsSentAgainAsItWasSignedAlsoAfterARestart() throws IOException {
        lease(3);
        bench.end(List.of(unit(0), unit(1)), done(new byte[] {7}, 10));
        end(2, 10);
        List<Report> before = sentOf(Report.class);
        desk.acknowledged(List.of(unit(0), unit(2)));
        sent.clear();
        desk.resume();
        assertEquals(1, sentOf(Report.class).size());
        assertEquals(batch(before.get(0)), batch(sentOf(Report.class).get(0)));
        restart();
        assertEquals(batch(before.get(0)), batch(sentOf(Report.class).get(0)));
        lease(1);
        assertEquals(List.of(unit(0)), bench.running, "what was acknowledged is not remembered");
    }

    private static VoteBatch batch(Report report) {
        BlobHasher hasher = new BlobHasher();
        List<VoteStatement> votes = report.units().stream()
                .map(unit -> unit.vote(hasher).orElseThrow())
                .toList();
        return new VoteBatch(WORKER.keys().id(), report.seal().orElseThrow(), votes);
    }

    @Test
    void aUnitLeasedAgainWhileItsReportIsUnacknowledgedIsNotComputedAgain() {
        lease(1);
        end(0, 10);
        lease(1);
        assertEquals(List.of(), bench.running);
    }

    @Test
    void manyReportsGoInMessagesOfBoundedSize() {
        connected = false;
        lease(1000);
        for (int i = 0; i < 1000; i++) {
            bench.end(unit(i), done(new byte[Answer.MAX_INLINE], 10));
        }
        pass();
        connected = true;
        desk.resume();
        assertEquals(1000, reported().size());
        for (Report report : sentOf(Report.class)) {
            long bytes = report.units().stream()
                    .mapToLong(unit -> ((Answer.Inline) unit.answer()).output().length)
                    .sum();
            assertTrue(bytes <= Message.MAX_BYTES / 2, bytes + " bytes in a report");
        }
    }

    @Test
    void aJobThatIsOverLeavesNothingBehind() {
        lease(2);
        end(0, 10);
        endLong(1);
        bench.stores.get(0).accept(uploaded());
        desk.close();
        sent.clear();
        bench.uploads.get(0).answered().accept(uploaded());
        desk.beat();
        desk.resume();
        assertEquals(List.of(), reported());
        assertEquals(List.of(List.of(), List.of()), inHand());
        assertTrue(bench.closed);
    }

    @Test
    void whatIsNotAcknowledgedOutlivesTheWorker() throws IOException {
        lease(3);
        end(0, 10);
        end(1, 10);
        bench.end(unit(2), new UnitOutcome.Failed("exit code 3", new byte[0], 10));
        desk.acknowledged(List.of(unit(1)));
        restart();
        assertEquals(List.of(unit(0), unit(2)), reported());
        lease(1);
        assertEquals(List.of(), bench.running, "nor is it computed again");
        desk.acknowledged(List.of(unit(0), unit(2)));
        restart();
        assertEquals(List.of(), reported());
    }

    @Test
    void aLongResultOutlivesTheWorkerFromTheMomentItIsStored() throws IOException {
        lease(2);
        endLong(0);
        bench.stores.get(0).accept(uploaded());
        restart();
        assertEquals(List.of(), reported(), "not before its bytes have arrived");
        assertEquals(2, bench.uploads.size());
        bench.uploads.get(1).answered().accept(uploaded());
        assertEquals(List.of(unit(0)), reported());
    }

    @Test
    void whatIsKeptOfAJobThatIsOverIsForgottenOnDiskToo() throws IOException {
        lease(1);
        end(0, 10);
        desk.close();
        restart();
        assertEquals(List.of(), reported());
    }

    private static JobNotice notice(Address master, int epoch) {
        return new JobNotice(
                JOB,
                master,
                epoch,
                new Code.Java("echo", Map.of()),
                Limits.DEFAULT,
                true,
                1,
                new JobSeal(new NodeId("a"), "", "", "", ""));
    }

    /** The moment between two batches is over. */
    private void pass() {
        while (!pauses.isEmpty()) {
            pauses.poll().run();
        }
    }

    private void lease(long count) {
        leaseThese(LongStream.range(0, count).toArray());
    }

    private void leaseThese(long... indices) {
        desk.leased(LongStream.of(indices)
                .mapToObj(index -> new LeasedUnit(unit(index), Optional.empty()))
                .toList());
    }

    private void end(long index, long micros) {
        bench.end(unit(index), done(new byte[] {7}, micros));
        pass();
    }

    private void endLong(long index) {
        bench.end(unit(index), done(new byte[Answer.MAX_INLINE + 1], 10));
    }

    private static UnitOutcome done(byte[] output, long micros) {
        return new UnitOutcome.Done(output, new byte[0], micros);
    }

    private static Answer uploaded() {
        return new Answer.Uploaded(BLOB, Answer.MAX_INLINE + 1, new byte[0], 10);
    }

    private static Span unit(long index) {
        return new Span(index, index + 1);
    }

    private List<Span> reported() {
        return sentOf(Report.class).stream()
                .flatMap(report -> report.units().stream())
                .map(UnitReport::unit)
                .toList();
    }

    private List<List<Span>> inHand() {
        return sentOf(InHand.class).stream().map(InHand::units).toList();
    }

    private <T> List<T> sentOf(Class<T> type) {
        return sent.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
