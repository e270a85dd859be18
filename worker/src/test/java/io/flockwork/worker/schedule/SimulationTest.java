package io.flockwork.worker.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Volunteers of unequal speed who come and go finish a range close to the time that their speed allows. */
class SimulationTest {
    static Stream<Scenario> thousandWorkers() {
        return Stream.of(Terrain.values()).flatMap(terrain -> Stream.of(1, 2).flatMap(quorum -> Stream.of(1L, 2L)
                .map(seed -> new Scenario(1000, terrain, quorum, 300, 600, 120, seed))));
    }

    @ParameterizedTest
    @MethodSource("thousandWorkers")
    void makespanStaysNearTheBound(Scenario scenario) {
        Simulation.Outcome outcome = SimulationReport.print(scenario);
        assertTrue(outcome.ratio() >= 1, "the bound is a bound");
        assertTrue(outcome.ratio() <= 1.2, () -> "ratio " + outcome.ratio());
    }

    @Test
    void theSameSeedGivesTheSameSchedule() {
        Scenario scenario = new Scenario(100, Terrain.RISING, 2, 60, 120, 30, 7);
        assertEquals(new Simulation(scenario, true).run(), new Simulation(scenario, true).run());
    }
}
