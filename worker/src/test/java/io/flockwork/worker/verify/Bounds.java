package io.flockwork.worker.verify;

import java.util.List;

/** What the late lottery is to reach: the share of units with a wrong result through sabotage, and results computed per unit. */
record Bounds(World world, Knobs knobs, double wrong, double cost) {
    static final Knobs USUAL = Knobs.of(1e-3, .05);
    static final Knobs STRICT = Knobs.of(1e-4, 1);

    private static final World NOBODY = World.crowd("nobody lies", 0, 0, false, 0);
    private static final World ALONE_ALWAYS = World.crowd("f .2, s 1, independent", .2, 1, false, 0);
    private static final World ALONE_SOMETIMES = World.crowd("f .2, s .1, independent", .2, .1, false, 0);
    private static final World GANG_ALWAYS = World.crowd("f .35, s 1, colluding", .35, 1, true, 0);
    private static final World GANG_SOMETIMES = World.crowd("f .35, s .1, colluding", .35, .1, true, 0);
    private static final World GANG_SELDOM = World.crowd("f .35, s .01, colluding", .35, .01, true, 0);
    private static final World SLEEPERS = World.crowd("f .2, s 1, sleepers", .2, 1, false, 30);
    private static final World GANG_SLEEPERS = World.crowd("f .35, s 1, colluding sleepers", .35, 1, true, 30);

    static final List<Bounds> OF_USUAL = List.of(
            new Bounds(NOBODY, USUAL, 1e-5, 1.12),
            new Bounds(ALONE_ALWAYS, USUAL, 1e-6, 1.10),
            new Bounds(ALONE_SOMETIMES, USUAL, 1e-3, 1.4),
            new Bounds(GANG_ALWAYS, USUAL, 1e-3, 1.15),
            new Bounds(GANG_SOMETIMES, USUAL, 1e-3, 1.4),
            new Bounds(GANG_SELDOM, USUAL, 1e-3, 1.5),
            new Bounds(SLEEPERS, USUAL, 1e-3, 1.45),
            new Bounds(GANG_SLEEPERS, USUAL, 1e-3, 1.5));

    static final List<Bounds> OF_STRICT = List.of(
            new Bounds(NOBODY, STRICT, 1e-5, 2.1),
            new Bounds(ALONE_ALWAYS, STRICT, 1e-5, 2.1),
            new Bounds(ALONE_SOMETIMES, STRICT, 1e-6, 2.15),
            new Bounds(GANG_ALWAYS, STRICT, 1e-5, 2.2),
            new Bounds(GANG_SOMETIMES, STRICT, 1e-6, 2.25),
            new Bounds(GANG_SELDOM, STRICT, 1e-5, 2.4),
            new Bounds(SLEEPERS, STRICT, 1e-5, 2.2),
            new Bounds(GANG_SLEEPERS, STRICT, 1e-5, 2.35));

    /** Who behaves for a while costs a job most that streams its results: what is final when the lies begin to show is past recall. */
    static final List<Bounds> OF_STREAMS = List.of(
            new Bounds(World.crowd("f .2, s .1, sleepers", .2, .1, false, 30), USUAL, 1e-3, 1.7),
            new Bounds(SLEEPERS, USUAL, 1e-3, 1.5),
            new Bounds(GANG_SLEEPERS, USUAL, 1e-3, 1.55));

    /** A thousand results of each worker. */
    static final List<Bounds> OF_LONG_JOBS = List.of(
            new Bounds(ALONE_ALWAYS.withUnits(1_000_000), USUAL, 1e-5, 1.10),
            new Bounds(ALONE_SOMETIMES.withUnits(1_000_000), USUAL, 1e-5, 1.10),
            new Bounds(GANG_ALWAYS.withUnits(1_000_000), USUAL, 1e-5, 1.10),
            new Bounds(GANG_SOMETIMES.withUnits(1_000_000), USUAL, 1e-5, 1.10),
            new Bounds(SLEEPERS.withUnits(1_000_000), USUAL, 1e-5, 1.10),
            new Bounds(GANG_SLEEPERS.withUnits(1_000_000), USUAL, 1e-5, 1.10));

    /** Beyond what is wanted: gangs that do not repeat a lie on a unit on which one of them was caught. */
    static final List<Bounds> OF_WARY_GANGS = List.of(
            new Bounds(GANG_ALWAYS.withWariness(), USUAL, 1e-3, 1.15),
            new Bounds(GANG_SOMETIMES.withWariness(), USUAL, 1e-3, 1.4),
            new Bounds(GANG_SELDOM.withWariness(), USUAL, 1e-3, 1.5));

    static final List<Bounds> OF_SMALL_GRIDS = List.of(
            small(3, 0, 0, 1.6),
            small(3, 1, 0, 1.5),
            small(3, .3, 0, 1.5),
            small(3, .1, 0, 1.6),
            small(3, .02, 2e-4, 1.7),
            small(6, 0, 0, 1.7),
            small(6, 1, 0, 1.6),
            small(6, .3, 0, 1.7),
            small(6, .1, 1e-4, 1.9),
            small(6, .02, 1e-3, 2.1),
            small(10, 0, 0, 1.6),
            small(10, 1, 0, 1.6),
            small(10, .3, 0, 1.7),
            small(10, .1, 1e-4, 2.0),
            small(10, .02, 1e-3, 2.2),
            small(30, 0, 0, 1.7),
            small(30, 1, 0, 1.7),
            small(30, .3, 1e-4, 2.0),
            small(30, .1, 1e-4, 2.3),
            small(30, .02, 1.5e-3, 2.2));

    private static Bounds small(int workers, double lying, double wrong, double cost) {
        return new Bounds(World.small(workers, lying), USUAL, wrong, cost);
    }

    @Override
    public String toString() {
        return world.name() + ", epsilon " + knobs.epsilon();
    }
}
