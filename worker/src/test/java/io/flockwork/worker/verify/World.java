package io.flockwork.worker.verify;

/**
 * A grid with saboteurs.
 *
 * @param saboteurs share of the workers that lie
 * @param lying how often one of them does
 * @param colluding they lie on the same units and give the same wrong answer; else each on its own
 * @param sleep honest answers that each saboteur gives first
 * @param wary they give honest answers to a unit on which one of them has been caught
 * @param referee one of the honest workers is the referee
 */
record World(
        String name,
        int workers,
        int units,
        double saboteurs,
        double lying,
        boolean colluding,
        int sleep,
        boolean wary,
        boolean referee) {
    /** How often an honest worker errs. */
    static final double ERRORS = 1e-4;

    /** A thousand workers, a hundred units for each. */
    static World crowd(String name, double saboteurs, double lying, boolean colluding, int sleep) {
        return new World(name, 1000, 100_000, saboteurs, lying, colluding, sleep, false, false);
    }

    /** A few workers, a third of whom collude, and a referee; a thousand units. */
    static World small(int workers, double lying) {
        String name = workers + " workers, s = " + lying;
        return new World(name, workers, 1000, lying == 0 ? 0 : 1. / 3, lying, true, 0, false, true);
    }

    World withUnits(int more) {
        return new World(name, workers, more, saboteurs, lying, colluding, sleep, wary, referee);
    }

    World withWariness() {
        return new World(name + ", wary", workers, units, saboteurs, lying, colluding, sleep, true, referee);
    }

    int liars() {
        return (int) Math.round(saboteurs * workers);
    }
}
