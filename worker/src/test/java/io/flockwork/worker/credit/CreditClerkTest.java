package io.flockwork.worker.credit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.flockwork.sdk.blob.BlobHasher;
import io.flockwork.sdk.credit.CreditEntry;
import io.flockwork.sdk.identity.Credentials;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.Assurance;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.Code;
import io.flockwork.sdk.model.Guarantee;
import io.flockwork.sdk.model.JobChange;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.model.JobSpec;
import io.flockwork.sdk.model.JobState;
import io.flockwork.sdk.model.Limits;
import io.flockwork.sdk.model.NamedBlob;
import io.flockwork.sdk.model.Outcome;
import io.flockwork.sdk.model.Recipe;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.model.WorkerInfo;
import io.flockwork.sdk.proof.FinalUnit;
import io.flockwork.sdk.proof.VoteBatch;
import io.flockwork.sdk.proof.VoteChain;
import io.flockwork.sdk.proof.VoteStatement;
import io.flockwork.sdk.wire.ProofFile;
import io.flockwork.worker.TestMembers;
import io.flockwork.worker.mesh.FakeMesh;
import io.flockwork.worker.mesh.FakeMeshNetwork;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who thanks for a job when: its master, or else the owner of its key, and each job once. */
class CreditClerkTest {
    private static final JobId JOB = JobId.random(new Random(1));
    private static final NamedBlob PROOF = new NamedBlob("proof", new BlobId("a".repeat(64)), 5);

    @TempDir
    Path folder;

    private final FakeMeshNetwork network = new FakeMeshNetwork(Runnable::run);
    private final Map<Address, Core> cores = new HashMap<>();
    private final Credentials worker = TestMembers.credentials(Role.EDGE);
    private byte[] proof;
    private boolean proofThere = true;
    private boolean answering = true;

    /** A core's clerk with its store; others learn from it as over the network. */
    private final class Core {
        final FakeMesh mesh;
        final CreditStore store;
        final CreditClerk clerk;

        Core(int number) {
            Credentials self = TestMembers.credentials(Role.CORE);
            Address gateway = new Address("core" + number, 7701);
            mesh = network.join(
                    new WorkerInfo(self.keys().id(), "core", "tester", "", 1, 1 << 20, gateway, gateway, number));
            try {
                store = CreditStore.open(folder.resolve("core" + number), self);
            } catch (IOException broken) {
                throw new IllegalStateException(broken);
            }
            clerk = new CreditClerk(mesh, store, any -> open(), this::learn, Clock.systemUTC());
            cores.put(gateway, this);
        }

        private boolean learn(Address from) {
            CreditStore other = cores.get(from).store;
            other.heads().stream()
                    .filter(head -> head.size() > store.size(head.id()))
                    .forEach(head -> {
                        try {
                            store.follow(head, other.entries(head.id(), store.size(head.id()), 1_000));
                        } catch (Exception refused) {
                            throw new IllegalStateException(refused);
                        }
                    });
            return answering;
        }

        int entries() {
            return store.size(mesh.self());
        }
    }

    private ByteArrayInputStream open() throws IOException {
        if (!proofThere) {
            throw new IOException("nobody has it");
        }
        return new ByteArrayInputStream(proof);
    }

    private void end(Core master) throws Exception {
        JobSpec spec = new JobSpec(
                "job",
                new Code.Java("echo", Map.of()),
                new Recipe.Range(0, 2, 1),
                "",
                new Assurance.Quorum(1),
                Limits.DEFAULT,
                10);
        Outcome outcome = new Outcome(
                        "", Optional.empty(), Optional.empty(), 0, Guarantee.QUORUM, System.currentTimeMillis())
                .with(PROOF);
        JobRecord submitted = JobRecord.submitted(JOB, spec, TestMembers.seal(JOB, spec), 0);
        proof = proof(submitted, outcome);
        master.mesh.create(submitted);
        master.mesh.change(JOB, new JobChange.Claim(master.mesh.self(), 0));
        master.mesh.change(JOB, new JobChange.End(1, JobState.DONE, outcome));
    }

    private byte[] proof(JobRecord job, Outcome outcome) throws IOException, CertificateEncodingException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        JobRecord ended = new JobRecord(
                job.id(), job.spec(), job.seal(), JobState.DONE, 1, Optional.empty(), 0, Optional.of(outcome));
        BlobId digest = new BlobHasher().idOf(new byte[] {7});
        List<VoteStatement> votes = new ArrayList<>();
        try (ProofFile.Writer writer =
                new ProofFile.Writer(bytes, TestMembers.CHECK.authority().getEncoded(), ended)) {
            for (int i = 0; i < 2; i++) {
                Span unit = new Span(i, i + 1);
                writer.unit(new FinalUnit(unit, Optional.of(new FinalUnit.Result(digest, 1)), true));
                votes.add(new VoteStatement(unit, digest, 0, 50));
            }
            writer.witness(TestMembers.witness(worker));
            writer.batch(new VoteBatch(
                    worker.keys().id(), new VoteChain(worker, JOB, "ants", new Random(2)).seal(votes), votes));
        }
        return bytes.toByteArray();
    }

    @Test
    void theMasterThanksOnceAndTheOthersHaveItsLog() throws Exception {
        Core one = new Core(1);
        Core two = new Core(2);
        end(one);
        for (int round = 0; round < 3; round++) {
            one.clerk.round();
            two.clerk.round();
        }
        assertEquals(1, one.entries());
        assertEquals(0, two.entries());
        CreditEntry entry =
                CreditEntry.parse(two.store.entries(one.mesh.self(), 0, 10).get(0));
        assertEquals(
                new CreditEntry(
                        JOB,
                        worker.keys().id(),
                        "tester",
                        "ants",
                        2,
                        0,
                        100,
                        one.mesh.job(JOB).orElseThrow().outcome().orElseThrow().endedMillis()),
                entry);
    }

    @Test
    void whenTheMasterIsGoneTheOwnerOfTheKeyThanksUnlessTheMasterHas() throws Exception {
        Core one = new Core(1);
        Core two = new Core(2);
        end(one);
        two.clerk.round();
        network.kill(one.mesh);
        two.clerk.round();
        two.clerk.round();
        assertEquals(1, two.entries());
    }

    @Test
    void whoTakesOverAfterTheThanksDoesNotThankAgain() throws Exception {
        Core one = new Core(1);
        Core two = new Core(2);
        end(one);
        one.clerk.round();
        two.clerk.round();
        network.kill(one.mesh);
        two.clerk.round();
        assertEquals(0, two.entries());
        assertEquals(1, two.store.size(one.mesh.self()));
    }

    @Test
    void nothingIsWrittenBeforeAllOthersHaveToldWhatTheyHave() throws Exception {
        Core one = new Core(1);
        new Core(2);
        answering = false;
        end(one);
        one.clerk.round();
        assertEquals(0, one.entries());
        answering = true;
        one.clerk.round();
        assertEquals(1, one.entries());
    }

    @Test
    void aProofThatIsNotThereYetIsReadLater() throws Exception {
        Core one = new Core(1);
        end(one);
        proofThere = false;
        one.clerk.round();
        assertEquals(0, one.entries());
        proofThere = true;
        one.clerk.round();
        assertEquals(1, one.entries());
    }

    @Test
    void aProofThatIsNoneThanksNobody() throws Exception {
        Core one = new Core(1);
        end(one);
        proof = new byte[] {1, 2, 3};
        one.clerk.round();
        one.clerk.round();
        assertEquals(0, one.entries());
    }
}
