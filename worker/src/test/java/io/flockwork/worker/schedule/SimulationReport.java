package io.flockwork.worker.schedule;

/** Prints a line for each simulated grid; the arguments are seeds. */
final class SimulationReport {
    private SimulationReport() {}

    public static void main(String[] seeds) {
        for (Terrain terrain : Terrain.values()) {
            for (int quorum = 1; quorum <= 2; quorum++) {
                for (String seed : seeds) {
                    print(new Scenario(1000, terrain, quorum, 300, 0, 0, Long.parseLong(seed)));
                    print(new Scenario(1000, terrain, quorum, 300, 600, 120, Long.parseLong(seed)));
                }
            }
        }
    }

    static Simulation.Outcome print(Scenario scenario) {
        Simulation.Outcome outcome = new Simulation(scenario, false).run();
        System.out.printf(
                "%-60s makespan %6.1f s, bound %6.1f s, ratio %.3f, %6d units, computed %.3f%n",
                scenario.name(),
                outcome.seconds(),
                outcome.bound(),
                outcome.ratio(),
                outcome.units(),
                outcome.computed());
        return outcome;
    }
}
