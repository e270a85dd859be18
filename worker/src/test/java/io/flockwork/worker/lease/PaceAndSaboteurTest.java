package io.flockwork.worker.lease;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.model.UnitOutcome;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** How fast a worker says it is, and how often a saboteur lies. */
class PaceAndSaboteurTest {
    private static final Span UNIT = new Span(0, 1);

    @Test
    void nothingIsKnownAtFirst() {
        Pace pace = new Pace();
        assertEquals(0, pace.indicesPerSecond());
        assertTrue(Double.isInfinite(pace.seconds(1)));
    }

    @Test
    void theAverageFollowsUnitsOfChangingCost() {
        Pace pace = new Pace();
        for (int i = 0; i < 100; i++) {
            pace.ran(1000, 100_000);
        }
        assertEquals(10_000, pace.indicesPerSecond(), 1);
        assertEquals(0.5, pace.seconds(5000), 0.001);
        for (int i = 0; i < 100; i++) {
            pace.ran(100, 100_000);
        }
        assertEquals(1_000, pace.indicesPerSecond(), 100);
        pace.ran(7, 7_000_000);
        assertEquals(1, pace.indicesPerSecond(), 0.001, "a unit longer than the memory says all");
    }

    @Test
    void aSaboteurLiesAtItsRateAndNeverAboutFailures() {
        Saboteur saboteur = new Saboteur(new Dishonesty(0.1, ""), new SplittableRandom(4));
        UnitOutcome.Done honest = new UnitOutcome.Done(new byte[] {'4', '2'}, new byte[0], 5);
        int lies = 0;
        for (int i = 0; i < 10_000; i++) {
            UnitOutcome.Done told = (UnitOutcome.Done) saboteur.of(UNIT, honest);
            String text = new String(told.output(), StandardCharsets.US_ASCII);
            assertTrue(text.matches("[0-9]*42"), "a lie about a number is a number: " + text);
            lies += text.equals("42") ? 0 : 1;
        }
        assertEquals(1000, lies, 100);
        assertArrayEquals(new byte[] {'4', '2'}, honest.output(), "the true result is not touched");
        UnitOutcome failed = new UnitOutcome.Failed("exit code 1", new byte[0], 1);
        assertSame(failed, always(1).of(UNIT, failed));
    }

    @Test
    void aLieAboutNothingIsSomething() {
        UnitOutcome.Done nothing = new UnitOutcome.Done(new byte[0], new byte[0], 5);
        UnitOutcome.Done told = (UnitOutcome.Done) always(1).of(UNIT, nothing);
        assertTrue(told.output().length > 0);
    }

    @Test
    void accomplicesLieTogetherAndAlike() {
        Saboteur one = new Saboteur(new Dishonesty(0.3, "gang"), new SplittableRandom(1));
        Saboteur other = new Saboteur(new Dishonesty(0.3, "gang"), new SplittableRandom(2));
        int lies = 0;
        for (int i = 0; i < 1_000; i++) {
            Span unit = new Span(i, i + 1);
            UnitOutcome.Done honest = new UnitOutcome.Done(new byte[] {'7'}, new byte[0], 5);
            byte[] told = ((UnitOutcome.Done) one.of(unit, honest)).output();
            assertArrayEquals(told, ((UnitOutcome.Done) other.of(unit, honest)).output());
            lies += told.length > 1 ? 1 : 0;
        }
        assertEquals(300, lies, 60);
    }

    private static Saboteur always(double rate) {
        return new Saboteur(new Dishonesty(rate, ""), new SplittableRandom(1));
    }
}
