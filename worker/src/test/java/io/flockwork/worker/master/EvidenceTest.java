package io.flockwork.worker.master;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.blob.BlobHasher;
import io.flockwork.sdk.identity.Credentials;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.model.UnitOutcome;
import io.flockwork.sdk.model.VoteSeal;
import io.flockwork.sdk.proof.VoteBatch;
import io.flockwork.sdk.proof.VoteChain;
import io.flockwork.sdk.proof.VoteStatement;
import io.flockwork.sdk.proof.Witness;
import io.flockwork.sdk.wire.WorkerMessage.Answer;
import io.flockwork.sdk.wire.WorkerMessage.Report;
import io.flockwork.sdk.wire.WorkerMessage.UnitReport;
import io.flockwork.worker.TestMembers;
import io.flockwork.worker.mesh.Mesh.Segment;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A master takes down what is signed, once, and nothing else; and its successor knows all of it. */
class EvidenceTest {
    private static final JobId JOB = JobId.random(new Random(1));
    private static final Credentials ANN = TestMembers.credentials(Role.EDGE);
    private static final Credentials BOB = TestMembers.credentials(Role.EDGE);
    private static final Witness ANNS = TestMembers.witness(ANN);

    private final VoteChain ann = new VoteChain(ANN, JOB, new Random(2));
    private final Evidence evidence = evidence();

    private static Evidence evidence() {
        return new Evidence(JOB, Seals.of(ANN.grid()), () -> 10);
    }

    @Test
    void aSignedReportIsTakenDownOnce() throws CertificateException {
        Report report = signed(ann, votes(0, 3));
        assertEquals(
                3,
                evidence.admit(ANNS, report).stream()
                        .filter(Optional::isPresent)
                        .count());
        evidence.admit(ANNS, report);
        Told told = told(evidence);
        assertEquals(List.of(ANNS), told.witnesses);
        assertEquals(1, told.batches.size());
        assertTrue(told.batches.get(0).isSignedBy(ANN.keys().signing().getPublic(), ANN.grid(), JOB));
    }

    @Test
    void whatIsNotSignedByItsWorkerIsRefused() {
        Report unsigned = new Report(JOB, votes(0, 1));
        Report foreign = signed(new VoteChain(BOB, JOB, new Random(3)), votes(0, 1));
        Report another = signed(new VoteChain(ANN, JobId.random(new Random(4)), new Random(3)), votes(0, 1));
        Report altered = new Report(JOB, votes(1, 2), signed(ann, votes(0, 1)).seal());
        Report failure = new Report(JOB, List.of(failed(0)), altered.seal());
        List<UnitReport> both = new ArrayList<>(votes(0, 1));
        both.add(failed(1));
        for (Report bad :
                List.of(unsigned, foreign, another, altered, failure, new Report(JOB, both, altered.seal()))) {
            assertThrows(CertificateException.class, () -> evidence.admit(ANNS, bad));
        }
        assertTrue(evidence.isEmpty());
        assertFalse(evidence.log().hasChanges());
    }

    @Test
    void aFailureNeedsNoSignatureAndIsNoEvidence() throws CertificateException {
        assertEquals(List.of(Optional.empty()), evidence.admit(ANNS, new Report(JOB, List.of(failed(0)))));
        assertTrue(evidence.isEmpty());
    }

    @Test
    void aWorkerSignsOneBatchOnceInItsPlace() throws CertificateException {
        evidence.admit(ANNS, signed(ann, votes(0, 1)));
        VoteChain again = new VoteChain(ANN, JOB, new Random(2));
        CertificateException refused =
                assertThrows(CertificateException.class, () -> evidence.admit(ANNS, signed(again, votes(1, 2))));
        assertEquals("the worker has signed two batches of votes in one place", refused.getMessage());
    }

    @Test
    void nobodyFillsACoreWithVotes() throws CertificateException {
        int batch = 5_000;
        evidence.admit(ANNS, signed(ann, votes(0, batch)));
        evidence.admit(ANNS, signed(ann, votes(0, batch)));
        assertThrows(CertificateException.class, () -> evidence.admit(ANNS, signed(ann, votes(0, batch))));
        assertEquals(2, told(evidence).batches.size());
    }

    @Test
    void theNextMasterHasAllBatchesOnceInOrder() throws CertificateException {
        List<Report> reports = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            reports.add(signed(ann, votes(i, i + 20)));
        }
        for (Report report : reports.subList(0, 200)) {
            evidence.admit(ANNS, report);
        }
        Map<Integer, byte[]> first = evidence.log().takeChanges();
        assertTrue(first.size() > 2, "several segments");
        Evidence second = evidence();
        second.restore(segments(1, first));
        for (Report report : reports.subList(150, 300)) {
            second.admit(ANNS, report);
        }
        List<Segment> all = new ArrayList<>(segments(2, second.log().takeChanges()));
        all.addAll(segments(1, first));
        Evidence third = evidence();
        third.restore(all);
        Told told = told(third);
        assertEquals(List.of(ANNS), told.witnesses);
        assertEquals(
                IntStream.range(0, 300).mapToObj(Long::valueOf).toList(),
                told.batches.stream().map(each -> each.seal().sequence()).toList());
        assertFalse(third.log().hasChanges(), "what was kept need not be kept again");
    }

    @Test
    void aSegmentThatIsDamagedCostsThatSegment() throws CertificateException {
        evidence.admit(ANNS, signed(ann, votes(0, 3)));
        Map<Integer, byte[]> kept = evidence.log().takeChanges();
        kept.replaceAll((number, bytes) -> Arrays.copyOf(bytes, bytes.length - 1));
        Evidence next = evidence();
        next.restore(segments(1, kept));
        assertTrue(told(next).batches.isEmpty());
    }

    @Test
    void itIsWholeUnlessABatchIsMissingBeforeAnother() throws CertificateException {
        Report first = signed(ann, votes(0, 1));
        Report second = signed(ann, votes(1, 2));
        assertTrue(evidence.isWhole());
        evidence.admit(ANNS, second);
        assertFalse(evidence.isWhole());
        Evidence next = evidence();
        Map<Integer, byte[]> kept = evidence.log().takeChanges();
        List<Segment> twice = new ArrayList<>(segments(1, kept));
        twice.addAll(segments(2, kept));
        next.restore(twice);
        assertFalse(next.isWhole(), "the next master knows");
        next.admit(ANNS, first);
        assertTrue(next.isWhole());
    }

    @Test
    void onlyTheLastSegmentIsKeptAgain() throws CertificateException {
        while (evidence.log().all().size() < 3) {
            evidence.admit(ANNS, signed(ann, votes(0, 20)));
        }
        assertEquals(3, evidence.log().takeChanges().size());
        evidence.admit(ANNS, signed(ann, votes(0, 1)));
        Map<Integer, byte[]> changes = evidence.log().takeChanges();
        assertEquals(List.of(-3), List.copyOf(changes.keySet()));
        evidence.log().changedAgain(List.of(0, 1, -3));
        assertEquals(List.of(-3), List.copyOf(evidence.log().takeChanges().keySet()), "progress is the ledger's");
    }

    private static List<Segment> segments(int epoch, Map<Integer, byte[]> kept) {
        return kept.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> new Segment(epoch, entry.getKey(), entry.getValue()))
                .toList();
    }

    private static List<UnitReport> votes(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(index -> new UnitReport(
                        new Span(index, index + 1), new Answer.Inline(new byte[] {(byte) index}, new byte[0], 10)))
                .toList();
    }

    private static UnitReport failed(int index) {
        return new UnitReport(
                new Span(index, index + 1), new Answer.Failed(new UnitOutcome.Failed("exit code 3", new byte[0], 1)));
    }

    private static Report signed(VoteChain chain, List<UnitReport> votes) {
        BlobHasher hasher = new BlobHasher();
        List<VoteStatement> statements =
                votes.stream().map(vote -> vote.vote(hasher).orElseThrow()).toList();
        VoteSeal seal = chain.seal(statements);
        return new Report(JOB, votes, Optional.of(seal));
    }

    private static Told told(Evidence evidence) {
        Told told = new Told();
        evidence.tell(told);
        return told;
    }

    private static final class Told extends EvidenceLog.Reader {
        private final List<Witness> witnesses = new ArrayList<>();
        private final List<VoteBatch> batches = new ArrayList<>();

        @Override
        public void witness(Witness witness) {
            witnesses.add(witness);
        }

        @Override
        public void batch(VoteBatch batch) {
            batches.add(batch);
        }
    }
}
