package io.flockwork.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.coordinator.Answer.Advice;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.NodeId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One founder at a time, and nobody listed who is gone. */
class RollTest {
    private static final Core A = core("a", 1);
    private static final Core B = core("b", 2);
    private static final Core C = core("c", 3);

    private final Roll roll = new Roll(List.of(), 0);

    static Core core(String id, int port) {
        return new Core(new NodeId(id), new Address("h", port), new Address("h", 1000 + port));
    }

    private Advice join(Core core, long now) {
        return roll.announce(core, false, now).orElseThrow().advice();
    }

    @Test
    void theFirstFoundsAndTheOthersWaitUntilItIsUp() {
        assertEquals(Advice.FOUND, join(A, 0));
        assertEquals(Advice.WAIT, join(B, 1));
        assertEquals(Advice.FOUND, join(A, 1_000), "asked again, the founder is told the same");
        assertEquals(Advice.WAIT, join(B, 1_001));
        assertEquals(Advice.JOIN, roll.announce(A, true, 2_000).orElseThrow().advice());
        Answer answer = roll.announce(B, false, 2_001).orElseThrow();
        assertEquals(new Answer(Advice.JOIN, List.of(new Answer.Listed(A, Answer.State.UP))), answer);
    }

    @Test
    void aFounderThatFallsSilentIsReplacedByOne() {
        assertEquals(Advice.FOUND, join(A, 0));
        long late = Roll.SILENCE_MILLIS + 1;
        assertEquals(Advice.FOUND, join(B, late));
        assertEquals(Advice.WAIT, join(C, late));
        assertEquals(Advice.WAIT, join(A, late), "the first founder is no longer it");
    }

    @Test
    void coresThatFallSilentAreNotListed() {
        roll.announce(A, true, 0);
        roll.announce(B, true, 3_000);
        assertEquals(List.of(A, B), roll.up(Roll.SILENCE_MILLIS));
        assertEquals(List.of(B), roll.up(Roll.SILENCE_MILLIS + 1));
        assertEquals(List.of(), roll.up(3_001 + Roll.SILENCE_MILLIS));
        assertEquals(List.of(A, B), roll.remembered());
    }

    @Test
    void whenAllAreGoneTheNextFoundsAndHearsWhereTheyWere() {
        roll.announce(A, true, 0);
        Answer answer = roll.announce(B, false, 6_000).orElseThrow();
        assertEquals(Advice.FOUND, answer.advice());
        assertTrue(answer.cores().contains(new Answer.Listed(A, Answer.State.REMEMBERED)));
    }

    @Test
    void afterARestartEarlierCoresMaySpeakFirst() {
        Roll restarted = new Roll(List.of(A), 100_000);
        assertEquals(
                Advice.WAIT, restarted.announce(B, false, 100_001).orElseThrow().advice());
        restarted.announce(A, true, 100_900);
        assertEquals(
                Advice.JOIN, restarted.announce(B, false, 101_001).orElseThrow().advice());

        Roll alone = new Roll(List.of(A), 100_000);
        assertEquals(
                Advice.FOUND,
                alone.announce(B, false, 100_000 + Roll.GRACE_MILLIS)
                        .orElseThrow()
                        .advice());
    }

    @Test
    void aCoreAtTheSameAddressReplacesTheOneBefore() {
        roll.announce(A, true, 0);
        Core again = new Core(new NodeId("z"), A.gateway(), A.mesh());
        roll.announce(again, true, 1);
        assertEquals(List.of(again), roll.remembered());
    }

    @Test
    void theListIsBounded() {
        for (int i = 1; i <= Roll.MOST_CORES; i++) {
            assertTrue(roll.announce(core("n" + digits(i), i), true, 0).isPresent());
        }
        assertTrue(roll.announce(core("late", 9_999), true, 0).isEmpty());
        assertTrue(roll.announce(core("n" + digits(1), 1), true, 1).isPresent(), "a listed one stays");
        assertTrue(roll.remembered().size() < Roll.MOST_CORES);
    }

    /** A number in the letters that an id may have. */
    private static String digits(int number) {
        StringBuilder letters = new StringBuilder();
        for (char digit : Integer.toString(number).toCharArray()) {
            letters.append((char) ('a' + digit - '0'));
        }
        return letters.toString();
    }
}
