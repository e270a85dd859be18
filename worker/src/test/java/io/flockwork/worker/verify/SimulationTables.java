package io.flockwork.worker.verify;

import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/**
 * Prints what the late lottery reaches beside other policies: wrong share @ results computed for each unit, means over the
 * seeds. Arguments: the first seed and how many.
 */
final class SimulationTables {
    private final long seed;
    private final int runs;

    private SimulationTables(long seed, int runs) {
        this.seed = seed;
        this.runs = runs;
    }

    public static void main(String[] args) {
        SimulationTables tables = new SimulationTables(Long.parseLong(args[0]), Integer.parseInt(args[1]));
        System.out.println("wanted, and what the late lottery reaches");
        tables.printAll(Bounds.OF_USUAL);
        tables.printAll(Bounds.OF_STRICT);
        System.out.println("\n1,000 results per worker");
        new SimulationTables(tables.seed, Math.max(1, tables.runs / 10)).printAll(Bounds.OF_LONG_JOBS);
        System.out.println("\ngangs that are wary");
        tables.printAll(Bounds.OF_WARY_GANGS);
        System.out.println("\nsmall grids with a referee");
        new SimulationTables(tables.seed, 3 * tables.runs).printAll(Bounds.OF_SMALL_GRIDS);
        System.out.println("\nresults final after a hold");
        tables.printStreamed();
        System.out.println("\nthe other policies");
        tables.printOthers();
        System.out.println("\nthe late lottery with rates from an honest grid, and from none");
        tables.printSeeded();
    }

    private void printAll(List<Bounds> bounds) {
        for (Bounds wanted : bounds) {
            Mean mean = mean(any -> WorldRun.lottery(wanted.world(), wanted.knobs(), any));
            boolean reached = mean.wrong() <= wanted.wrong() && mean.cost() <= wanted.cost();
            System.out.printf(
                    Locale.ROOT,
                    "%-48s wanted %.0e @ %.2f, is %s, honest banned %.1f%s%n",
                    wanted,
                    wanted.wrong(),
                    wanted.cost(),
                    mean,
                    mean.honestBanned(),
                    reached ? "" : "  NOT REACHED");
        }
    }

    /** A unit takes .39 s on the average, and a second at the slowest worker. */
    private void printStreamed() {
        List<Bounds> usual = Bounds.OF_USUAL.subList(2, 6);
        for (Bounds row :
                Stream.concat(Bounds.OF_STREAMS.stream(), usual.stream()).toList()) {
            for (long hold : new long[] {0, 300, 1_000, 3_000, 10_000}) {
                Mean mean = mean(any -> WorldRun.streamed(row.world(), row.knobs(), any, hold));
                System.out.printf(
                        Locale.ROOT, "%-32s hold %4.1f s: %s%n", row.world().name(), hold / 1e3, mean);
            }
            Mean none = mean(any -> WorldRun.lottery(row.world(), row.knobs(), any));
            System.out.printf("%-32s no hold:     %s%n", row.world().name(), none);
        }
    }

    private void printOthers() {
        for (Bounds row : Bounds.OF_USUAL) {
            World world = row.world();
            System.out.printf(
                    "%-32s quorum 2 %s | adaptive %s | credibility 1e-6 %s%n",
                    world.name(),
                    mean(any -> new WorldRun(world, any, results -> new Quorum(2, results)).run()),
                    mean(any -> new WorldRun(world, any, results -> new AdaptiveReplication(any)).run()),
                    mean(any -> new WorldRun(world, any, results -> new Credibility(1e-6, world.units(), any)).run()));
        }
    }

    private void printSeeded() {
        Rates honest = new Rates(3000, .3, 0, 0);
        for (Bounds row : Bounds.OF_USUAL) {
            System.out.printf(
                    "%-32s %s%n",
                    row.world().name(), mean(any -> WorldRun.lottery(row.world(), row.knobs(), any, honest)));
        }
        for (Bounds row : Bounds.OF_SMALL_GRIDS) {
            System.out.printf(
                    "%-32s %s%n",
                    row.world().name(),
                    new SimulationTables(seed, 3 * runs)
                            .mean(any -> WorldRun.lottery(row.world(), row.knobs(), any, honest)));
        }
    }

    private Mean mean(LongFunction<WorldRun.Outcome> run) {
        return Mean.of(seed, runs, run);
    }
}
