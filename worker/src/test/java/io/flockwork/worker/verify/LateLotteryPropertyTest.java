package io.flockwork.worker.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.Reputation;
import io.flockwork.sdk.model.Standing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What holds whatever happens, in whatever order. */
class LateLotteryPropertyTest {
    private final Tickets tickets = new Tickets(VoteTurmoil.KEY);

    @Property(tries = 400)
    void everyUnitEndsSettledOrContested(@ForAll long seed, @ForAll @IntRange(max = 300) int events) {
        VoteTurmoil turmoil = new VoteTurmoil(seed).run(events).settle();
        turmoil.kept.forEach((unit, kept) -> {
            boolean nobodyLeft = turmoil.policy().votes(VoteTurmoil.span(unit)).isEmpty();
            assertTrue(
                    kept.state.accepted() || kept.state == UnitState.CONTESTED || nobodyLeft,
                    () -> "unit " + unit + " is left " + kept.state);
        });
    }

    @Property(tries = 400)
    void noAnswerStandsWithoutItsVotes(@ForAll long seed, @ForAll @IntRange(max = 300) int events) {
        VoteTurmoil turmoil = new VoteTurmoil(seed).run(events).settle();
        turmoil.kept.forEach((unit, kept) -> {
            if (kept.state == UnitState.ACCEPTED) {
                assertNotNull(kept.result);
                List<Vote> votes = turmoil.policy().votes(VoteTurmoil.span(unit));
                assertFalse(votes.isEmpty());
                votes.forEach(vote -> assertEquals(kept.result, vote.digest()));
                if (votes.size() == 1 && !isReferee(votes.get(0))) {
                    Reputation giver = turmoil.reputations.get(votes.get(0).worker());
                    assertEquals(Standing.ACTIVE, giver.standing(), "a newcomer's lone answer stands");
                    assertTrue(ticket(unit) >= VoteTurmoil.KNOBS.q1min(), "the lottery had drawn it");
                }
            } else if (kept.state == UnitState.UNVERIFIED) {
                List<Vote> votes = turmoil.policy().votes(VoteTurmoil.span(unit));
                assertTrue(votes.stream().anyMatch(vote -> vote.digest().equals(kept.result)));
            }
        });
    }

    @Property(tries = 400)
    void aBannedWorkersVotesNeverCount(@ForAll long seed, @ForAll @IntRange(max = 300) int events) {
        VoteTurmoil turmoil = new VoteTurmoil(seed);
        for (int i = 0; i < events; i++) {
            turmoil.run(1);
            turmoil.kept.keySet().forEach(unit -> turmoil.policy()
                    .votes(VoteTurmoil.span(unit))
                    .forEach(vote ->
                            assertFalse(turmoil.reputations.get(vote.worker()).standing() == Standing.BANNED)));
        }
    }

    @Property(tries = 200)
    void theSameEventsGiveTheSameVerdicts(@ForAll long seed, @ForAll @IntRange(max = 300) int events) {
        assertEquals(
                new VoteTurmoil(seed).run(events).settle().verdicts,
                new VoteTurmoil(seed).run(events).settle().verdicts);
    }

    @Property(tries = 1000)
    void aRestoredPolicyBehavesTheSame(
            @ForAll long seed, @ForAll @IntRange(max = 200) int before, @ForAll @IntRange(max = 100) int after) {
        VoteTurmoil turmoil = new VoteTurmoil(seed).run(before);
        turmoil.kept.forEach((unit, kept) ->
                assertEquals(kept.votes, turmoil.policy().votes(VoteTurmoil.span(unit)), "what a master keeps"));
        turmoil.twin().run(after).settle();
    }

    /** Whatever happens to its voters: {@link VoteTurmoil} throws at any verdict that says otherwise. */
    @Property(tries = 1000)
    void aFinalResultIsNeverWithdrawn(@ForAll long seed, @ForAll @IntRange(max = 400) int events) {
        VoteTurmoil turmoil = new VoteTurmoil(seed, true);
        Map<Integer, BlobId> told = new HashMap<>();
        for (int i = 0; i < events; i++) {
            turmoil.run(1);
            turmoil.kept.forEach((unit, kept) -> {
                if (kept.state == UnitState.FINAL) {
                    told.putIfAbsent(unit, kept.result);
                }
            });
        }
        turmoil.settle();
        told.forEach((unit, result) -> {
            assertEquals(result, turmoil.kept.get(unit).result);
            assertEquals(UnitState.FINAL, turmoil.kept.get(unit).state);
            List<Vote> votes = turmoil.policy().votes(VoteTurmoil.span(unit));
            assertFalse(votes.isEmpty(), "the proof needs them");
            votes.forEach(vote -> assertEquals(result, vote.digest()));
        });
    }

    @Property(tries = 1000)
    void aRestoredPolicyKeepsWhatIsFinal(
            @ForAll long seed, @ForAll @IntRange(max = 300) int before, @ForAll @IntRange(max = 100) int after) {
        VoteTurmoil turmoil = new VoteTurmoil(seed, true).run(before);
        turmoil.kept.forEach((unit, kept) ->
                assertEquals(kept.votes, turmoil.policy().votes(VoteTurmoil.span(unit)), "what a master keeps"));
        turmoil.twin().run(after).settle();
    }

    private double ticket(int unit) {
        return tickets.of(new Case(VoteTurmoil.span(unit)), 1);
    }

    private static boolean isReferee(Vote vote) {
        return vote.worker().value().equals("a");
    }
}
