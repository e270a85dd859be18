package io.flockwork.sdk.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.identity.Authority;
import io.flockwork.sdk.identity.Credentials;
import io.flockwork.sdk.identity.NodeKeys;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.model.JobSpec;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Recipe;
import io.flockwork.sdk.model.VoteSeal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What an honest core writes is sound, and whatever a core changes about it is shown up. */
class AuditTest {
    private final ProofWorld world = new ProofWorld(4);
    private Optional<Recipe> split = Optional.empty();

    /** Four units; ann and bob agree on three, the fourth is ann's alone. Cyd lied about one. */
    private void honestly() {
        world.votes("ann", 0, 1);
        world.votes("bob", 0, 1);
        world.lies("cyd", 2, "nonsense");
        world.votes("ann", 2);
        world.votes("bob", 2);
        world.votes("cyd", 0);
        world.votes("ann", 3);
    }

    private AuditReport audit() {
        Audit audit = new Audit(ProofWorld.AUTHORITY.grid(), code -> split);
        world.tell(audit);
        return audit.report();
    }

    private void assertWrong(String... sentences) {
        assertEquals(List.of(sentences), audit().faults());
    }

    private String brief(String operator) {
        return world.worker(operator).brief();
    }

    @Test
    void whatAnHonestCoreTellsIsSound() {
        honestly();
        AuditReport report = audit();
        assertEquals(List.of(), report.faults());
        assertTrue(report.sound());
        assertEquals(4, report.units());
        assertEquals(9, report.votes());
        assertEquals(List.of("ann", "bob", "cyd"), report.operators());
        assertEquals(1, report.lone());
        assertEquals(
                List.of(new AuditReport.Dispute(ProofWorld.unit(2), 2, List.of(world.worker("cyd")))),
                report.disputes());
    }

    @Test
    void aVoteThatNobodyGaveIsShownUp() {
        honestly();
        VoteBatch ann = world.batches.get(0);
        world.batches.add(new VoteBatch(world.worker("bob"), ann.seal(), ann.votes()));
        assertWrong("batch 0 of worker " + brief("bob") + " is not what the worker has signed");
    }

    @Test
    void aMemberThatTheAuthorityDoesNotKnowHasNoVote() {
        honestly();
        Credentials stranger =
                Authority.create(Instant.now()).enrol(NodeKeys.generate(), Role.EDGE, "mallory", Instant.now());
        NodeId id = stranger.keys().id();
        List<VoteStatement> votes = List.of(ProofWorld.vote(3, "nonsense"));
        world.witnesses.add(ProofWorld.witness(stranger));
        world.batches.add(new VoteBatch(id, new VoteChain(stranger, world.job.id(), new Random(1)).seal(votes), votes));
        assertWrong(
                "worker " + id.brief() + ": the certificate is not of this grid",
                "batch 0 of worker " + id.brief() + " is of nobody whom the grid's authority knows");
    }

    @Test
    void anAlteredVoteIsShownUpAndCountsNoMore() {
        honestly();
        alter(0, List.of(ProofWorld.vote(0, "result 0"), ProofWorld.vote(1, "another")));
        assertWrong(
                "batch 0 of worker " + brief("ann") + " is not what the worker has signed",
                "votes of worker " + brief("ann") + " are missing: batches 0 to 0 of chain "
                        + world.batches.get(0).seal().chain().substring(0, 8));
    }

    @Test
    void anAlteredResultIsShownUp() {
        honestly();
        FinalUnit.Result altered = new FinalUnit.Result(ProofWorld.digest("as the core wants it"), 20);
        world.units.set(1, new FinalUnit(ProofWorld.unit(1), Optional.of(altered), true));
        assertWrong("nobody has signed the result of unit 1..2");
    }

    @Test
    void aResultThatLostIsShownUp() {
        honestly();
        FinalUnit.Result lost = new FinalUnit.Result(ProofWorld.digest("nonsense"), 8);
        world.units.set(2, new FinalUnit(ProofWorld.unit(2), Optional.of(lost), true));
        assertWrong("unit 2..3 was decided against the votes on it");
    }

    @Test
    void aRefereesWordIsEnoughAndNobodyElsesIs() {
        world.votes("ann", 0, 1, 2);
        world.lies("bob", 3, "nonsense");
        world.lies("cyd", 3, "nonsense");
        world.votes("dan", 3);
        assertWrong("unit 3..4 was decided against the votes on it");
        world.votes("referee", 3);
        assertTrue(audit().sound());
    }

    @Test
    void whoLostElsewhereWinsNothingByNumbers() {
        world.votes("ann", 0, 1, 2, 3);
        world.votes("bob", 0);
        world.votes("dan", 0);
        world.lies("cyd", 0, "nonsense");
        world.lies("cyd", 1, "nonsense");
        assertEquals(List.of(), audit().faults(), "one against one, of whom one has lied");
    }

    @Test
    void aDroppedBatchIsShownUp() {
        honestly();
        VoteBatch dropped = world.batches.remove(2);
        assertWrong("votes of worker " + brief("cyd") + " are missing: batches 0 to 0 of chain "
                + dropped.seal().chain().substring(0, 8));
    }

    @Test
    void aLosingVoteThatIsLeftOutOfItsBatchIsShownUp() {
        world.votes("ann", 0, 1, 2, 3);
        world.votes("bob", 0, 1, 2, 3);
        world.sign("cyd", List.of(ProofWorld.vote(0, "result 0"), ProofWorld.vote(1, "nonsense")));
        assertTrue(audit().sound());
        alter(2, List.of(ProofWorld.vote(0, "result 0")));
        assertWrong("batch 0 of worker " + brief("cyd") + " is not what the worker has signed");
    }

    @Test
    void aBatchThatIsToldTwiceCountsOnce() {
        honestly();
        world.batches.add(world.batches.get(0));
        assertWrong("batch 0 of worker " + brief("ann") + " is there twice");
    }

    @Test
    void theEndOfAChainIsWhatACoreCanHide() {
        honestly();
        world.batches.remove(5);
        assertTrue(audit().sound(), "cyd's last batch");
    }

    @Test
    void missingUnitsAreShownUp() {
        honestly();
        FinalUnit last = world.units.remove(3);
        assertWrong("units 3 to 4 of the job are missing");
        world.units.add(last);
        world.units.remove(1);
        assertWrong("units 1 to 2 of the job are missing or told twice");
    }

    @Test
    void anotherJobThanTheSubmittersIsShownUp() {
        honestly();
        JobRecord honest = world.job;
        JobSpec other = new ProofWorld(5).job.spec();
        world.job = new JobRecord(
                honest.id(), other, honest.seal(), honest.state(), 1, Optional.empty(), 0, honest.outcome());
        assertEquals(
                "the job is not the one that its submitter has signed",
                audit().faults().get(0));
    }

    @Test
    void aSplitThatIsTheJobTypesIsComparedWithWhatTheTypeSays() {
        honestly();
        world.signedBeforeTheSplit();
        AuditReport unknown = audit();
        assertEquals(List.of(), unknown.faults());
        assertFalse(unknown.splitKnown());
        split = Optional.of(world.job.spec().recipe());
        assertTrue(audit().splitKnown() && audit().sound());
        split = Optional.of(new Recipe.Range(0, 5, 1));
        assertWrong("the job is not split as its job type splits it");
    }

    @Test
    void votesOnAnotherJobDoNotCountHere() {
        honestly();
        JobRecord honest = world.job;
        ProofWorld other = new ProofWorld(4);
        world.job = other.job;
        assertEquals(
                world.batches.size(),
                audit().faults().stream()
                        .filter(fault -> fault.endsWith("is not what the worker has signed"))
                        .count());
        world.job = honest;
        assertTrue(audit().sound());
    }

    @Test
    void aProofOfAnotherGridIsNone() {
        honestly();
        Audit audit = new Audit(new NodeId("another"), code -> split);
        world.tell(audit);
        assertEquals(
                "the proof is of another grid: " + ProofWorld.AUTHORITY.grid(),
                audit.report().faults().get(0));
    }

    /** The same seal for other votes. */
    private void alter(int place, List<VoteStatement> votes) {
        VoteBatch batch = world.batches.get(place);
        VoteSeal seal = batch.seal();
        world.batches.set(place, new VoteBatch(batch.worker(), seal, new ArrayList<>(votes)));
    }
}
