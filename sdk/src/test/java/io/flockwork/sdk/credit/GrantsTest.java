package io.flockwork.sdk.credit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.proof.FinalUnit;
import io.flockwork.sdk.proof.ProofWorld;
import io.flockwork.sdk.proof.VoteStatement;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who is thanked, and for how much. */
class GrantsTest {
    private final ProofWorld world = new ProofWorld(3);

    private List<CreditEntry> grants() {
        Grants grants = new Grants();
        world.tell(grants);
        return grants.entries();
    }

    private CreditEntry of(String operator, long units, long fuel, long micros) {
        return new CreditEntry(
                world.job.id(),
                world.worker(operator),
                operator,
                "team of " + operator,
                units,
                fuel,
                micros,
                world.job.outcome().orElseThrow().endedMillis());
    }

    private static List<CreditEntry> sorted(CreditEntry... entries) {
        return Stream.of(entries)
                .sorted(Comparator.comparing(CreditEntry::worker))
                .toList();
    }

    @Test
    void whoGaveTheResultIsThankedAndWhoLostIsNot() {
        world.votes("ann", 0, 1, 2);
        world.votes("bob", 0);
        world.lies("bob", 1, "nonsense");
        world.lies("cyd", 2, "nonsense");
        assertEquals(sorted(of("ann", 3, 300, 0), of("bob", 1, 100, 0)), grants());
    }

    @Test
    void nobodyIsThankedForWhatNobodyConfirmedOrFailed() {
        world.votes("ann", 0, 1, 2);
        FinalUnit lone = world.units.get(0);
        FinalUnit failed = world.units.get(1);
        world.units.set(0, new FinalUnit(lone.unit(), lone.result(), false));
        world.units.set(1, new FinalUnit(failed.unit(), Optional.empty(), true));
        assertEquals(sorted(of("ann", 1, 100, 0)), grants());
    }

    @Test
    void theLeastThatIsClaimedCountsForAll() {
        world.sign("ann", List.of(new VoteStatement(new Span(0, 1), ProofWorld.digest(ProofWorld.text(0)), 0, 1_000)));
        world.sign("bob", List.of(new VoteStatement(new Span(0, 1), ProofWorld.digest(ProofWorld.text(0)), 0, 40)));
        assertEquals(sorted(of("ann", 1, 0, 40), of("bob", 1, 0, 40)), grants());
    }

    @Test
    void aVoteThatIsGivenTwiceIsThankedOnce() {
        world.votes("ann", 0);
        world.votes("ann", 0);
        assertEquals(sorted(of("ann", 1, 100, 0)), grants());
    }
}
