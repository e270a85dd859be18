package io.flockwork.worker.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Span;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The quorum's rules, one at a time. */
class QuorumTest {
    private static final Span UNIT = new Span(3, 5);
    private static final NodeId ANN = new NodeId("ann");
    private static final NodeId BEN = new NodeId("ben");
    private static final NodeId CAT = new NodeId("cat");
    private static final NodeId DAN = new NodeId("dan");
    private static final BlobId RIGHT = new BlobId("0123456789abcdef".repeat(4));
    private static final BlobId WRONG = new BlobId("0123456789abcdef".repeat(3) + "0123456789abcdee");
    private static final AcceptedResults NONE = unit -> Optional.empty();

    @Test
    void aSingleVoteDecidesAtQuorumOne() {
        Quorum quorum = new Quorum(1, NONE);
        assertEquals(1, quorum.copiesOfFresh());
        assertEquals(List.of(accepted(List.of(ANN), List.of(), true)), quorum.vote(vote(ANN, RIGHT)));
    }

    @Test
    void equalVotesOfDifferentWorkersDecide() {
        Quorum quorum = new Quorum(2, NONE);
        assertEquals(List.of(new Verdict.Wanted(UNIT, 1, UnitState.AUDIT, false)), quorum.vote(vote(ANN, RIGHT)));
        assertFalse(quorum.mayCompute(ANN, UNIT, List.of()));
        assertTrue(quorum.mayCompute(BEN, UNIT, List.of()));
        assertEquals(List.of(), quorum.vote(vote(ANN, RIGHT)), "a second vote of one worker changes nothing");
        assertEquals(List.of(new Verdict.Wanted(UNIT, 1, UnitState.JURY, false)), quorum.vote(vote(BEN, WRONG)));
        assertEquals(
                List.of(vote(ANN, RIGHT), vote(BEN, WRONG)), quorum.votes(UNIT), "votes come back as they were cast");
        assertEquals(List.of(accepted(List.of(ANN, CAT), List.of(BEN), true)), quorum.vote(vote(CAT, RIGHT)));
        assertEquals(List.of(), quorum.votes(UNIT));
    }

    @Test
    void asManyCopiesAreWantedAsTheLeadingAnswerLacks() {
        Quorum quorum = new Quorum(3, NONE);
        assertEquals(List.of(new Verdict.Wanted(UNIT, 2, UnitState.AUDIT, false)), quorum.vote(vote(ANN, RIGHT)));
        assertEquals(List.of(new Verdict.Wanted(UNIT, 2, UnitState.JURY, false)), quorum.vote(vote(BEN, WRONG)));
        assertEquals(List.of(new Verdict.Wanted(UNIT, 1, UnitState.JURY, false)), quorum.vote(vote(CAT, WRONG)));
    }

    @Test
    void aLateVoteTellsWhetherItAgrees() {
        Quorum quorum = new Quorum(1, unit -> unit.equals(UNIT) ? Optional.of(RIGHT) : Optional.empty());
        assertEquals(List.of(new Verdict.Late(UNIT, BEN, true)), quorum.vote(vote(BEN, RIGHT)));
        assertEquals(List.of(new Verdict.Late(UNIT, BEN, false)), quorum.vote(vote(BEN, WRONG)));
    }

    @Test
    void withoutFurtherWorkersAStrictMajorityDecidesUnverified() {
        Quorum quorum = new Quorum(3, NONE);
        assertEquals(List.of(), quorum.settleForLack(UNIT));
        quorum.vote(vote(ANN, WRONG));
        quorum.vote(vote(BEN, RIGHT));
        assertEquals(List.of(new Verdict.Contested(UNIT)), quorum.settleForLack(UNIT));
        quorum.vote(vote(CAT, RIGHT));
        assertEquals(List.of(accepted(List.of(BEN, CAT), List.of(ANN), false)), quorum.settleForLack(UNIT));
    }

    @Test
    void aContestedUnitIsDecidedWhenSomebodyComes() {
        Quorum quorum = new Quorum(2, NONE);
        quorum.vote(vote(ANN, WRONG));
        quorum.vote(vote(BEN, RIGHT));
        quorum.settleForLack(UNIT);
        assertEquals(List.of(accepted(List.of(BEN, DAN), List.of(ANN), true)), quorum.vote(vote(DAN, RIGHT)));
    }

    @Test
    void restoredVotesStandAsIfJustCast() {
        Quorum quorum = new Quorum(2, NONE);
        assertEquals(
                List.of(new Verdict.Wanted(UNIT, 1, UnitState.JURY, false)),
                quorum.restore(UNIT, UnitState.AUDIT, false, List.of(vote(ANN, RIGHT), vote(BEN, WRONG))));
        assertEquals(List.of(accepted(List.of(ANN, CAT), List.of(BEN), true)), quorum.vote(vote(CAT, RIGHT)));
        assertEquals(
                List.of(accepted(List.of(ANN, BEN), List.of(), true)),
                quorum.restore(UNIT, UnitState.AUDIT, false, List.of(vote(ANN, RIGHT), vote(BEN, RIGHT))),
                "the earlier master died between the vote and the verdict");
        assertThrows(
                IllegalArgumentException.class,
                () -> quorum.restore(new Span(0, 1), UnitState.AUDIT, false, List.of(vote(ANN, RIGHT))));
    }

    @Test
    void unitsOfOtherBoundsAreOtherUnits() {
        Quorum quorum = new Quorum(2, NONE);
        quorum.vote(vote(ANN, RIGHT));
        Span longer = new Span(UNIT.from(), UNIT.to() + 1);
        assertEquals(
                List.of(new Verdict.Wanted(longer, 1, UnitState.AUDIT, false)),
                quorum.vote(new Vote(longer, BEN, RIGHT, 0)));
    }

    @Test
    void theQuorumIsBounded() {
        assertThrows(IllegalArgumentException.class, () -> new Quorum(0, NONE));
        assertThrows(IllegalArgumentException.class, () -> new Quorum(16, NONE));
    }

    private static Vote vote(NodeId worker, BlobId digest) {
        return new Vote(UNIT, worker, digest, 0);
    }

    private static Verdict accepted(List<NodeId> agreeing, List<NodeId> outvoted, boolean verified) {
        return new Verdict.Accepted(UNIT, RIGHT, agreeing, outvoted, verified);
    }
}
