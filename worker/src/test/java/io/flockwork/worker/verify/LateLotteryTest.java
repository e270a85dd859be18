package io.flockwork.worker.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.Guarantee;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Reputation;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.model.Standing;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The late lottery's rules, one at a time. */
class LateLotteryTest {
    private static final byte[] KEY = new byte[16];
    private static final Span UNIT = new Span(0, 1);
    private static final BlobId RIGHT = new BlobId("a".repeat(64));
    private static final BlobId WRONG = new BlobId("b".repeat(64));
    private static final NodeId ANN = new NodeId("ann");
    private static final NodeId BEN = new NodeId("ben");
    private static final NodeId CAT = new NodeId("cat");
    private static final NodeId DAN = new NodeId("dan");
    /** Checks nothing of a proven worker, and a lead of two is enough. */
    private static final Knobs TRUSTING = new Knobs(.99, 0, 0, 1, 1, 1, .9, 2, 1);

    private static final Knobs STRICT = new Knobs(1e-4, 1, 1, 2, 2, 1, 1e-3, 15, 1);

    @Test
    void aNewcomersLoneAnswerIsNotEnough() {
        LateLottery policy = grid(TRUSTING, ANN, BEN);
        assertEquals(List.of(wanted(1, UnitState.PROBATION)), policy.vote(vote(ANN, UNIT, RIGHT)));
        List<Verdict> said = policy.vote(vote(BEN, UNIT, RIGHT));
        assertEquals(new Verdict.Accepted(UNIT, RIGHT, List.of(ANN, BEN), List.of(), true), last(said));
        assertEquals(
                List.of(ANN, BEN),
                said.stream()
                        .filter(Verdict.Passed.class::isInstance)
                        .map(v -> ((Verdict.Passed) v).worker())
                        .toList());
    }

    @Test
    void whoHasProvenItselfIsBelievedUnlessTheLotteryDrawsTheUnit() {
        LateLottery trusting = grid(TRUSTING, ANN, BEN);
        trusting.learn(active(ANN));
        assertTrue(last(trusting.vote(vote(ANN, UNIT, RIGHT))) instanceof Verdict.Accepted);
        LateLottery strict = grid(STRICT, ANN, BEN);
        strict.learn(active(ANN));
        assertEquals(List.of(new Verdict.Wanted(UNIT, 1, UnitState.AUDIT, true)), strict.vote(vote(ANN, UNIT, RIGHT)));
    }

    @Test
    void anEqualDigestWithOtherFuelIsADisagreement() {
        LateLottery policy = grid(TRUSTING, ANN, BEN);
        policy.vote(new Vote(UNIT, ANN, RIGHT, 7));
        assertEquals(List.of(wanted(2, UnitState.JURY)), policy.vote(new Vote(UNIT, BEN, RIGHT, 8)));
    }

    @Test
    void aJuryBansTheNewcomerWhoLostAndWithdrawsItsOtherVotes() {
        LateLottery policy = grid(TRUSTING, ANN, BEN, CAT, DAN);
        Span other = new Span(1, 2);
        policy.vote(vote(BEN, other, WRONG));
        policy.vote(vote(ANN, UNIT, RIGHT));
        policy.vote(vote(BEN, UNIT, WRONG));
        assertEquals(List.of(wanted(1, UnitState.JURY)), policy.vote(vote(CAT, UNIT, RIGHT)));
        List<Verdict> said = policy.vote(vote(DAN, UNIT, RIGHT));
        Verdict.Struck struck = (Verdict.Struck) said.stream()
                .filter(Verdict.Struck.class::isInstance)
                .findFirst()
                .orElseThrow();
        assertEquals(BEN, struck.worker());
        assertEquals(RIGHT, struck.accepted());
        assertFalse(struck.gang());
        assertTrue(struck.banned());
        assertTrue(said.contains(new Verdict.Dropped(other, BEN)));
        assertEquals(new Verdict.Wanted(other, 1, UnitState.FRESH, false), last(said));
        assertFalse(policy.mayCompute(BEN, other, List.of()));
        assertEquals(
                List.of(new Verdict.Wanted(other, 1, UnitState.FRESH, false)),
                policy.vote(vote(BEN, other, WRONG)),
                "what a banned worker says wants another copy");
    }

    @Test
    void aBanByAnotherMasterTakesBackWhatWasAccepted() {
        LateLottery policy = grid(TRUSTING, ANN, BEN);
        policy.learn(active(ANN));
        policy.vote(vote(ANN, UNIT, WRONG));
        assertEquals(
                List.of(new Verdict.Dropped(UNIT, ANN), new Verdict.Withdrawn(UNIT), wanted(1, UnitState.FRESH)),
                policy.learn(active(ANN).struck(true, 1)));
    }

    @Test
    void theRefereesWordDecidesInASmallGrid() {
        LateLottery policy = grid(TRUSTING, ANN, BEN, CAT);
        policy.arrived(new Voter(DAN, "dan", true));
        assertEquals(Guarantee.ONE_WORKER, policy.guarantee());
        policy.vote(vote(ANN, UNIT, RIGHT));
        assertEquals(List.of(wanted(1, UnitState.JURY)), policy.vote(vote(BEN, UNIT, WRONG)));
        assertFalse(policy.mayCompute(CAT, UNIT, List.of()));
        assertTrue(policy.mayCompute(DAN, UNIT, List.of()));
        List<Verdict> said = policy.vote(vote(DAN, UNIT, RIGHT));
        assertTrue(said.contains(new Verdict.Accepted(UNIT, RIGHT, List.of(ANN, DAN), List.of(), true)));
        assertTrue(said.stream().anyMatch(verdict -> verdict instanceof Verdict.Struck struck && struck.gang()));
        assertEquals(Guarantee.LOTTERY, policy.guarantee());
    }

    @Test
    void aJuryDecidesWhereTheRefereeIsAway() {
        LateLottery policy = grid(TRUSTING, ANN, BEN, CAT);
        policy.arrived(new Voter(DAN, "dan", true));
        policy.vote(vote(ANN, UNIT, RIGHT));
        policy.vote(vote(BEN, UNIT, WRONG));
        assertEquals(List.of(wanted(2, UnitState.JURY)), policy.settleForLack(UNIT));
        assertTrue(policy.mayCompute(CAT, UNIT, List.of()));
        assertEquals(List.of(new Verdict.Contested(UNIT)), policy.settleForLack(UNIT));
    }

    @Test
    void anOperatorHasOneVote() {
        LateLottery policy = grid(TRUSTING, ANN, CAT);
        policy.arrived(new Voter(BEN, "ann", false));
        policy.vote(vote(ANN, UNIT, RIGHT));
        assertFalse(policy.mayCompute(BEN, UNIT, List.of()));
        assertTrue(policy.mayCompute(CAT, UNIT, List.of()));
        assertFalse(policy.mayCompute(BEN, new Span(1, 2), List.of(ANN)));
    }

    @Test
    void workersOfTheOnlyOperatorVoteEach() {
        LateLottery policy = new LateLottery(TRUSTING, KEY, Rates.NONE);
        policy.arrived(new Voter(ANN, "eve", false));
        policy.arrived(new Voter(BEN, "eve", false));
        policy.vote(vote(ANN, UNIT, RIGHT));
        assertTrue(policy.mayCompute(BEN, UNIT, List.of()));
        policy.vote(vote(BEN, UNIT, RIGHT));
        assertEquals(Guarantee.ONE_OPERATOR, policy.guarantee());
    }

    @Test
    void whatOneWorkerSaysAloneIsUnverifiedUntilAnotherComes() {
        LateLottery policy = grid(TRUSTING, ANN);
        policy.vote(vote(ANN, UNIT, RIGHT));
        assertEquals(
                List.of(new Verdict.Accepted(UNIT, RIGHT, List.of(ANN), List.of(), false)), policy.settleForLack(UNIT));
        assertEquals(
                List.of(new Verdict.Withdrawn(UNIT), wanted(1, UnitState.PROBATION)),
                policy.arrived(new Voter(BEN, "ben", false)));
        policy.vote(vote(BEN, UNIT, RIGHT));
        assertEquals(Guarantee.SMALL_JURY, policy.guarantee());
    }

    @Test
    void anExamIsAUnitWithAKnownResultAndAWrongAnswerAVote() {
        LateLottery policy = grid(TRUSTING, ANN, BEN, CAT, DAN);
        assertEquals(List.of(), policy.exams(DAN, 1), "nothing is known yet");
        policy.vote(vote(ANN, UNIT, RIGHT));
        policy.vote(vote(BEN, UNIT, RIGHT));
        policy.vote(vote(CAT, UNIT, RIGHT));
        while (policy.votes(UNIT).size() < 8) {
            NodeId more = new NodeId("more" + (char) ('a' + policy.votes(UNIT).size()));
            policy.arrived(new Voter(more, more.value(), false));
            policy.vote(vote(more, UNIT, RIGHT));
        }
        assertEquals(List.of(UNIT), policy.exams(DAN, 5));
        assertTrue(policy.isExam(DAN, UNIT));
        assertEquals(List.of(), policy.exams(DAN, 5), "one is enough");
        List<Verdict> said = policy.examined(vote(DAN, UNIT, WRONG));
        assertTrue(said.stream()
                .anyMatch(verdict -> verdict instanceof Verdict.Struck struck
                        && struck.worker().equals(DAN)
                        && struck.banned()));
        assertEquals(8, policy.votes(UNIT).size());
    }

    @Test
    void aFinalResultOutlivesItsVoter() {
        LateLottery policy = grid(TRUSTING, ANN, BEN);
        policy.learn(active(ANN));
        policy.vote(vote(ANN, UNIT, WRONG));
        policy.release(UNIT);
        assertEquals(List.of(), policy.learn(active(ANN).struck(true, 1)));
        assertEquals(List.of(vote(ANN, UNIT, WRONG)), policy.votes(UNIT), "the proof needs it");
        assertEquals(
                List.of(new Verdict.Late(UNIT, BEN, false), new Verdict.Dropped(UNIT, BEN)),
                policy.vote(vote(BEN, UNIT, RIGHT)),
                "nobody is asked who of the two has lied");
    }

    @Test
    void whoContradictsAFinalResultIsStruckIfSoManyVotesWouldDecide() {
        LateLottery policy = grid(TRUSTING, ANN, BEN, CAT, DAN);
        policy.vote(vote(ANN, UNIT, RIGHT));
        policy.vote(vote(BEN, UNIT, RIGHT));
        policy.release(UNIT);
        assertEquals(
                new Verdict.Late(UNIT, CAT, true),
                policy.vote(vote(CAT, UNIT, RIGHT)).get(0));
        Verdict struck = last(policy.vote(vote(DAN, UNIT, WRONG)));
        assertEquals(DAN, ((Verdict.Struck) struck).worker());
        assertEquals(3, policy.votes(UNIT).size());
    }

    @Test
    void aFinalResultIsAnExamUnlessItsVotersAreBanned() {
        LateLottery policy = grid(TRUSTING, ANN, BEN, CAT, DAN);
        policy.vote(vote(ANN, UNIT, RIGHT));
        for (int i = 0; i < 8; i++) {
            NodeId more = new NodeId("more" + (char) ('a' + i));
            policy.arrived(new Voter(more, more.value(), false));
            policy.vote(vote(more, UNIT, RIGHT));
        }
        policy.release(UNIT);
        assertEquals(List.of(UNIT), policy.exams(DAN, 1));
        assertEquals(List.of(UNIT), policy.exams(CAT, 1));
        assertTrue(policy.examined(vote(DAN, UNIT, WRONG)).stream()
                .anyMatch(verdict -> verdict instanceof Verdict.Struck struck && struck.banned()));
        policy.learn(active(ANN).struck(true, 1));
        assertEquals(List.of(), policy.examined(vote(CAT, UNIT, WRONG)));
        assertEquals(List.of(), policy.exams(BEN, 1));
    }

    @Test
    void onlyWhatIsAcceptedAndVerifiedBecomesFinal() {
        LateLottery policy = grid(TRUSTING, ANN);
        policy.vote(vote(ANN, UNIT, RIGHT));
        assertThrows(IllegalStateException.class, () -> policy.release(UNIT));
        policy.settleForLack(UNIT);
        assertThrows(IllegalStateException.class, () -> policy.release(UNIT));
    }

    @Test
    void reputationsJoinInAnyOrder() {
        Reputation fresh = Reputation.of(ANN, false, 1);
        Reputation active = fresh.passed(false, 2).passed(true, 2);
        assertEquals(Standing.ACTIVE, active.standing());
        Reputation struck = active.struck(false, 1);
        Reputation pardoned = struck.struck(true, 1).pardoned();
        for (Reputation one : List.of(fresh, active, struck, pardoned)) {
            for (Reputation other : List.of(fresh, active, struck, pardoned)) {
                assertEquals(one.merged(other), other.merged(one));
                assertEquals(pardoned, one.merged(other).merged(pardoned));
            }
        }
        assertEquals(struck, active.merged(struck));
    }

    @Test
    void everyStepThatTheTableForbidsIsRefused() {
        for (UnitState from : UnitState.values()) {
            for (UnitState to : UnitState.values()) {
                Case unit = new Case(UNIT);
                unit.restored(from, false);
                if (from == to || from.next().contains(to)) {
                    unit.become(to);
                    assertEquals(to, unit.state());
                } else {
                    assertThrows(IllegalStateException.class, () -> unit.become(to));
                }
            }
        }
    }

    /** The vectors of the SipHash paper's reference implementation are of bytes 0, 1, 2, ... under the key 0, 1, ..., 15. */
    @Test
    void ticketsAreSipHash() {
        byte[] key = new byte[16];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) i;
        }
        Tickets tickets = new Tickets(key);
        assertEquals(0x726fdb47dd0e0e31L, tickets.hash());
        assertEquals(0x93f5f5799a932462L, tickets.hash(0x0706050403020100L));
        assertThrows(IllegalArgumentException.class, () -> new Tickets(new byte[15]));
    }

    @Test
    void knobsAndRatesAreChecked() {
        assertThrows(IllegalArgumentException.class, () -> Knobs.of(0, .05));
        assertThrows(IllegalArgumentException.class, () -> Knobs.of(1e-3, 1.1));
        assertThrows(IllegalArgumentException.class, () -> new Rates(1, 2, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new Rates(Double.NaN, 0, 0, 0));
    }

    private static LateLottery grid(Knobs knobs, NodeId... workers) {
        LateLottery policy = new LateLottery(knobs, KEY, Rates.NONE);
        for (NodeId worker : workers) {
            policy.arrived(new Voter(worker, worker.value(), false));
        }
        return policy;
    }

    private static Reputation active(NodeId worker) {
        return new Reputation(worker, Standing.ACTIVE, 2, 0, 0, false, 0);
    }

    private static Vote vote(NodeId worker, Span unit, BlobId digest) {
        return new Vote(unit, worker, digest, 0);
    }

    private static Verdict wanted(int copies, UnitState state) {
        return new Verdict.Wanted(UNIT, copies, state, false);
    }

    private static Verdict last(List<Verdict> said) {
        return said.get(said.size() - 1);
    }
}
