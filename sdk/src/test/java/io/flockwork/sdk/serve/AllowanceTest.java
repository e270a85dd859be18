package io.flockwork.sdk.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Token buckets in virtual time. */
class AllowanceTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void whatIsSavedUpGoesAtOnceAndTheRestAtItsPace() {
        Allowance<String> allowance = new Allowance<>(10, 30, 100);
        assertEquals(30, taken(allowance, "a", 100, 0));
        assertEquals(0, taken(allowance, "a", 100, SECOND / 20));
        assertEquals(1, taken(allowance, "a", 100, SECOND / 10));
        assertEquals(10, taken(allowance, "a", 100, SECOND / 10 + SECOND));
        assertEquals(30, taken(allowance, "a", 100, 100 * SECOND));
    }

    @Test
    void eachHasItsOwn() {
        Allowance<String> allowance = new Allowance<>(1, 2, 100);
        assertEquals(2, taken(allowance, "a", 9, 0));
        assertEquals(2, taken(allowance, "b", 9, 0));
        assertFalse(allowance.take("a", 0));
    }

    @Test
    void theOnesSeenLastAreKnown() {
        Allowance<Integer> allowance = new Allowance<>(1, 1, 2);
        assertTrue(allowance.take(1, 0));
        assertTrue(allowance.take(2, 0));
        assertFalse(allowance.take(1, 0));
        assertTrue(allowance.take(3, 0));
        assertFalse(allowance.take(1, 0), "still known: it has just been here");
        assertTrue(allowance.take(2, 0), "forgotten");
    }

    @Test
    void timeThatRunsBackGivesNothing() {
        Allowance<String> allowance = new Allowance<>(1, 1, 1);
        assertTrue(allowance.take("a", 10 * SECOND));
        assertFalse(allowance.take("a", 0));
        assertFalse(allowance.take("a", 10 * SECOND));
        assertTrue(allowance.take("a", 11 * SECOND));
    }

    @Test
    void anAllowanceOfNothingIsNone() {
        assertThrows(IllegalArgumentException.class, () -> new Allowance<>(0, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new Allowance<>(Double.NaN, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new Allowance<>(1, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new Allowance<>(1, 1, 0));
    }

    @Property
    void neverMoreThanWasSavedUpAndCameIn(@ForAll @Size(max = 200) List<@LongRange(min = 0, max = SECOND) Long> steps) {
        Allowance<String> allowance = new Allowance<>(7, 5, 3);
        long now = Long.MAX_VALUE - 50 * SECOND;
        long start = now;
        int taken = 0;
        for (long step : steps) {
            now += step;
            taken += allowance.take("a", now) ? 1 : 0;
            assertTrue(taken <= 5 + (now - start) / 1e9 * 7 + 1e-6);
        }
    }

    private static int taken(Allowance<String> allowance, String who, int tries, long now) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += allowance.take(who, now) ? 1 : 0;
        }
        return taken;
    }
}
