package io.flockwork.worker.verify;

import java.util.TreeSet;

/** How many juries sit, and which units wait for one. Long juries are costly while nobody is known, so few sit at once. */
final class Disputes {
    /** Up to this lead a jury is short. */
    private static final int SHORT = 3;

    private final int most;
    private final TreeSet<Case> waiting = new TreeSet<>(Case.IN_ORDER);
    private int sitting;

    Disputes(int most) {
        this.most = most;
    }

    /** A unit goes from one state to another. */
    void moved(Case unit, UnitState from, UnitState to) {
        sitting += (to == UnitState.JURY ? 1 : 0) - (from == UnitState.JURY ? 1 : 0);
        if (from == UnitState.WAITING) {
            waiting.remove(unit);
        }
        if (to == UnitState.WAITING) {
            waiting.add(unit);
        }
    }

    /** True when one more jury may sit. */
    boolean hasSeat(int lead) {
        return lead <= SHORT || sitting < most;
    }

    /** The unit that has a jury next, or null. */
    Case next() {
        return waiting.isEmpty() ? null : waiting.first();
    }
}
