package io.flockwork.worker.master;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.blob.BlobHasher;
import io.flockwork.sdk.identity.Credentials;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Recipe;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.model.WorkerInfo;
import io.flockwork.sdk.proof.Audit;
import io.flockwork.sdk.proof.AuditReport;
import io.flockwork.sdk.proof.VoteChain;
import io.flockwork.sdk.proof.Witness;
import io.flockwork.sdk.wire.ProofFile;
import io.flockwork.sdk.wire.WorkerMessage;
import io.flockwork.sdk.wire.WorkerMessage.Answer;
import io.flockwork.sdk.wire.WorkerMessage.Report;
import io.flockwork.sdk.wire.WorkerMessage.UnitReport;
import io.flockwork.worker.TestMembers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a job's end names as its proof: sound whatever became of its masters, and all that was voted is in it. */
class ProofTest {
    private final MasterWorld world = new MasterWorld(1, Seals.of(TestMembers.CHECK.grid()));
    private final Signer ann = new Signer();
    private final Signer bob = new Signer();
    private JobId job;

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void everyVoteIsInTheProofTheLateAndTheLosingToo() throws IOException {
        begin(2, 2);
        ann.asks();
        bob.asks();
        ann.reports(0, "4");
        bob.reports(0, "5");
        Signer cyd = new Signer();
        cyd.asks();
        cyd.reports(0, "4");
        ann.reports(1, "7");
        bob.reports(1, "7");
        AuditReport report = audit();
        assertEquals(List.of(), report.faults());
        assertEquals(5, report.votes());
        assertEquals(
                List.of(new AuditReport.Dispute(
                        new Span(0, 1), 2, List.of(bob.worker().id()))),
                report.disputes());
    }

    @Test
    void aProofOutlivesTheMasterThatBeganIt() throws IOException {
        world.core();
        begin(3, 1);
        ann.asks();
        ann.reports(0, "1");
        ann.reports(1, "2");
        world.run(Duration.ofSeconds(1));
        world.leader(job).orElseThrow().kill();
        world.run(Duration.ofSeconds(3));
        ann.asks();
        ann.reports(2, "3");
        AuditReport report = audit();
        assertEquals(List.of(), report.faults());
        assertEquals(3, report.votes());
    }

    @Test
    void aJobWaitsAMomentForABatchThatIsMissing() throws IOException {
        begin(2, 1);
        ann.asks();
        Report first = ann.sealed(0, "1");
        ann.reports(1, "2");
        ann.sends(ann.sealed(0, "1"));
        world.run(Duration.ofSeconds(1));
        assertFalse(world.ended(job), "the first of three batches is missing");
        ann.sends(first);
        world.run(Duration.ofSeconds(1));
        assertTrue(world.ended(job));
        assertEquals(List.of(), audit().faults());
    }

    @Test
    void aJobDoesNotWaitForEver() throws IOException {
        begin(1, 1);
        ann.asks();
        ann.sealed(0, "1");
        ann.reports(0, "1");
        world.run(Duration.ofSeconds(1));
        assertFalse(world.ended(job));
        world.run(Duration.ofSeconds(6));
        assertTrue(world.ended(job));
        assertEquals(1, audit().holes());
    }

    @Test
    void whoDoesNotSignIsRefusedAndHasNoVote() {
        begin(1, 1);
        ann.asks();
        Report signed = ann.sealed(0, "1");
        ann.sends(new Report(job, signed.units()));
        assertEquals(List.of("votes are signed, all of a report together, and failures are none"), ann.refusals);
        world.run(Duration.ofSeconds(1));
        assertFalse(world.ended(job));
        ann.sends(signed);
        world.run(Duration.ofSeconds(1));
        assertTrue(world.ended(job));
    }

    private void begin(int units, int quorum) {
        world.core();
        job = world.submit(TestJobs.job(new Recipe.Range(0, units, 1), quorum));
    }

    private AuditReport audit() throws IOException {
        world.run(Duration.ofSeconds(1));
        byte[] proof = TestJobs.read(
                world.swarm,
                world.record(job).outcome().orElseThrow().proof().orElseThrow().blob());
        Audit audit = new Audit(TestMembers.CHECK.grid(), code -> Optional.empty());
        ProofFile.read(new ByteArrayInputStream(proof), audit);
        return audit.report();
    }

    /** A worker that signs. */
    private final class Signer implements WorkerChannel {
        private final Credentials self = TestMembers.credentials(Role.EDGE);
        private final List<String> refusals = new ArrayList<>();
        private VoteChain chain;

        void asks() {
            sends(new WorkerMessage.Ask(job, 2, 1, 0, 1000));
        }

        void reports(long index, String result) {
            sends(sealed(index, result));
        }

        Report sealed(long index, String result) {
            if (chain == null) {
                chain = new VoteChain(self, job, new Random(self.hashCode()));
            }
            Answer answer = new Answer.Inline(TestJobs.bytes(result), new byte[0], 10);
            List<UnitReport> units = List.of(new UnitReport(new Span(index, index + 1), answer));
            return new Report(
                    job,
                    units,
                    Optional.of(chain.seal(
                            List.of(units.get(0).vote(new BlobHasher()).orElseThrow()))));
        }

        void sends(WorkerMessage message) {
            world.leader(job).orElseThrow().received(this, job, message);
            world.run(Duration.ofMillis(1));
        }

        @Override
        public WorkerInfo worker() {
            NodeId id = self.keys().id();
            return new WorkerInfo(id, "w", "tester", "", 2, 1 << 30, WorkerInfo.NOWHERE, WorkerInfo.NOWHERE, 0);
        }

        @Override
        public Witness witness() {
            return TestMembers.witness(self);
        }

        @Override
        public void send(WorkerMessage message) {}

        @Override
        public void refuse(String why) {
            refusals.add(why);
        }
    }
}
