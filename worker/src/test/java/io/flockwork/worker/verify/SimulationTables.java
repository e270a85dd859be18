package io.flockwork.worker.verify;

import java.util.List;
import java.util.Locale;

/** Prints what the late lottery reaches beside other policies. The arguments are seeds. */
final class SimulationTables {
    static final List<World> CROWDS = List.of(
            World.crowd("nobody lies", 0, 0, false, 0),
            World.crowd("f .2, s 1, independent", .2, 1, false, 0),
            World.crowd("f .2, s .1, independent", .2, .1, false, 0),
            World.crowd("f .35, s 1, colluding", .35, 1, true, 0),
            World.crowd("f .35, s .1, colluding", .35, .1, true, 0),
            World.crowd("f .35, s .01, colluding", .35, .01, true, 0),
            World.crowd("f .2, s 1, sleepers", .2, 1, false, 30),
            World.crowd("f .35, s 1, colluding sleepers", .35, 1, true, 30));

    public static void main(String[] seeds) {
        for (World world : CROWDS) {
            for (String seed : seeds) {
                for (Knobs knobs : List.of(Knobs.of(1e-3, .05), Knobs.of(1e-4, 1))) {
                    long start = System.nanoTime();
                    WorldRun.Outcome o = WorldRun.lottery(world, knobs, Long.parseLong(seed));
                    System.out.printf(
                            Locale.ROOT,
                            "%-32s seed %s q1 %.2f: %.1e @ %.3f  %s  %.1f s%n",
                            world.name(),
                            seed,
                            knobs.q1min(),
                            o.wrongShare(),
                            o.cost(),
                            o,
                            (System.nanoTime() - start) / 1e9);
                }
            }
        }
    }
}
