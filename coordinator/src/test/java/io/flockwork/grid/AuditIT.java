package io.flockwork.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.client.JobHandle;
import io.flockwork.sdk.client.JobRequest;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.JobState;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.proof.FinalUnit;
import io.flockwork.sdk.proof.VoteBatch;
import io.flockwork.sdk.proof.VoteStatement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The results of a real grid rest on signed votes, and a core that changes any of it is shown up without any grid. */
class AuditIT {
    @RegisterExtension
    static final TestGrid GRID = TestGrid.ofWorkers(2).with("liar", "--saboteur", "0.3");

    private static final BlobId WANTED = new BlobId("ab".repeat(32));

    private static Path folder;
    private static Path results;
    private static Path proof;

    @BeforeAll
    static void compute() throws Exception {
        JobHandle job = GRID.grid()
                // So many short units that a batch has many votes, right and wrong ones.
                .submit(JobRequest.type("echo", Map.of("units", "1000", "spin", "5"))
                        .withQuorum(2));
        assertEquals(
                JobState.DONE,
                job.result()
                        .get(TestGrid.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                        .record()
                        .state());
        folder = GRID.newFolder();
        results = Files.createDirectory(folder.resolve("results"));
        proof = folder.resolve("proof");
        Ran fetched = GRID.run("fetch", "" + job.id(), "-o", "" + results, "--proof", "" + proof);
        assertEquals(0, fetched.code(), fetched.toString());
    }

    @Test
    void theProofIsSoundAndNamesWhoLost() throws Exception {
        Ran audit = GRID.run("audit", "" + proof, "--results", "" + results);
        assertEquals(0, audit.code(), audit.toString());
        assertEquals("", audit.err());
        assertTrue(audit.text().contains("sound: every result rests on signed votes"), audit.toString());
        assertTrue(audit.text().contains(liar().value()), audit.toString());
    }

    @Test
    void whoIsNotLoggedInNamesTheGrid() throws Exception {
        Path nobody = Files.createDirectory(folder.resolve("nobody"));
        assertEquals(1, GRID.runAs(nobody, "audit", "" + proof).code());
        String grid = OpenProof.read(proof).authority.grid().value();
        assertEquals(
                0, GRID.runAs(nobody, "audit", "" + proof, "--authority", grid).code());
        Ran foreign = GRID.runAs(nobody, "audit", "" + proof, "--authority", "abc");
        assertEquals(1, foreign.code(), foreign.toString());
        assertEquals(
                2,
                GRID.runAs(nobody, "audit", "" + proof, "--authority", "no grid")
                        .code());
    }

    @Test
    void anAlteredResultFileIsShownUp() throws Exception {
        Path first = results.resolve(
                Files.list(results).sorted().findFirst().orElseThrow().getFileName());
        byte[] before = Files.readAllBytes(first);
        try {
            Files.writeString(first, "0", StandardOpenOption.APPEND);
            Ran audit = GRID.run("audit", "" + proof, "--results", "" + results);
            assertEquals(1, audit.code(), audit.toString());
            assertTrue(audit.err().endsWith("is not the one that was voted on\n"), audit.toString());
        } finally {
            Files.write(first, before);
        }
    }

    @Test
    void aForgedVoteIsShownUp() throws Exception {
        assertShownUp("is not what the worker has signed", changed -> {
            VoteBatch one = changed.batches.get(0);
            NodeId other = changed.batches.stream()
                    .map(VoteBatch::worker)
                    .filter(worker -> !worker.equals(one.worker()))
                    .findFirst()
                    .orElseThrow();
            changed.batches.set(0, new VoteBatch(other, one.seal(), one.votes()));
        });
    }

    @Test
    void anAlteredDigestIsShownUp() throws Exception {
        assertShownUp("is not what the worker has signed", changed -> {
            VoteBatch batch = changed.batches.get(0);
            List<VoteStatement> votes = new ArrayList<>(batch.votes());
            votes.set(
                    0,
                    new VoteStatement(
                            votes.get(0).unit(), WANTED, 0, votes.get(0).micros()));
            changed.batches.set(0, new VoteBatch(batch.worker(), batch.seal(), votes));
        });
    }

    @Test
    void anAlteredResultIsShownUp() throws Exception {
        assertShownUp("nobody has signed the result of unit", changed -> {
            FinalUnit unit = changed.units.get(3);
            Optional<FinalUnit.Result> wanted = Optional.of(new FinalUnit.Result(WANTED, 8));
            changed.units.set(3, new FinalUnit(unit.unit(), wanted, true));
        });
    }

    @Test
    void aDroppedBatchIsShownUp() throws Exception {
        assertShownUp(
                "are missing: batches 0 to 0",
                changed -> changed.batches.remove(changed.batches.stream()
                        .filter(batch -> batch.seal().sequence() == 0
                                && changed.batches.stream()
                                        .anyMatch(other -> other.seal()
                                                        .chain()
                                                        .equals(batch.seal().chain())
                                                && other.seal().sequence() > 0))
                        .findFirst()
                        .orElseThrow()));
    }

    @Test
    void aDroppedLosingVoteIsShownUp() throws Exception {
        assertShownUp("is not what the worker has signed", changed -> {
            Map<Span, BlobId> results = new HashMap<>();
            changed.units.forEach(
                    unit -> results.put(unit.unit(), unit.result().orElseThrow().digest()));
            for (int i = 0; i < changed.batches.size(); i++) {
                VoteBatch batch = changed.batches.get(i);
                List<VoteStatement> agreeing = batch.votes().stream()
                        .filter(vote -> vote.digest().equals(results.get(vote.unit())))
                        .toList();
                if (!agreeing.isEmpty() && agreeing.size() < batch.votes().size()) {
                    changed.batches.set(i, new VoteBatch(batch.worker(), batch.seal(), agreeing));
                    return;
                }
            }
            throw new AssertionError("nobody lost among others");
        });
    }

    private static NodeId liar() {
        return GRID.listed().stream()
                .filter(worker -> worker.name().equals("liar"))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static void assertShownUp(String sentence, Consumer<OpenProof> lie) throws Exception {
        OpenProof changed = OpenProof.read(proof);
        lie.accept(changed);
        Path file = folder.resolve("changed");
        changed.write(file);
        Ran audit = GRID.run("audit", "" + file);
        assertEquals(1, audit.code(), audit.toString());
        assertTrue(audit.err().contains(sentence), audit.toString());
        assertEquals(1, audit.err().lines().count(), audit.toString());
        assertTrue(audit.text().contains("NOT SOUND"), audit.toString());
    }
}
