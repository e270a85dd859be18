package io.flockwork.worker.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a quorum protects from, and what it costs: a fifth of the workers lie in a part of their answers. */
class SaboteurTest {
    @ParameterizedTest
    @CsvSource({"2, 1.0, 1", "2, 0.1, 2", "3, 1.0, 3", "3, 0.1, 4"})
    void saboteursOnTheirOwnAreAlwaysOutvoted(int quorum, double lying, long seed) {
        SaboteurWorld world = new SaboteurWorld(quorum, 0.2, lying, false, seed).run();
        System.out.println(world);
        assertEquals(0, world.wrong());
        assertEquals(0, world.honestOutvoted());
        assertTrue(world.liesOutvoted() > 0, "and seen");
    }

    /** The chance that both first voters collude, or that of three to decide two do: f^2 (1 + 2 (1 - f)) at f = .2. */
    @ParameterizedTest
    @CsvSource({"5", "6"})
    void colludersWinAsOftenAsChancePutsThemTogether(long seed) {
        SaboteurWorld world = new SaboteurWorld(2, 0.2, 1, true, seed).run();
        System.out.println(world);
        assertEquals(0.104, (double) world.wrong() / SaboteurWorld.UNITS, 0.01);
    }
}
