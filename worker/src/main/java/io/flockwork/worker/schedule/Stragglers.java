package io.flockwork.worker.schedule;

import java.util.Comparator;
import java.util.Iterator;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The leases whose unit might get an extra copy, once nothing is fresh: the overdue ones, and those of workers so slow
 * that somebody idle would be done long before (as in LATE: Zaharia et al., OSDI 2008). Empty until {@link #start}.
 */
final class Stragglers {
    /** An idle worker takes over where it needs less than this share of the time that the holder still needs. */
    private static final double CLEARLY_FASTER = 0.5;

    private static final int MOST_LOOKS = 32;

    private final TreeSet<Copy> byOverdueTime = new TreeSet<>(Comparator.comparingLong((Copy c) -> c.overdueNanos)
            .thenComparingLong(c -> c.unit.from)
            .thenComparingInt(c -> c.worker.number));
    private boolean started;

    boolean started() {
        return started;
    }

    void start(Iterable<WorkerState> workers) {
        started = true;
        for (WorkerState worker : workers) {
            for (Copy copy = worker.firstHeld; copy != null; copy = copy.heldAfter) {
                if (mayBeDoubled(copy.unit)) {
                    byOverdueTime.add(copy);
                }
            }
        }
    }

    void add(Unit unit) {
        if (started && mayBeDoubled(unit)) {
            for (Copy copy = unit.copies; copy != null; copy = copy.next) {
                if (copy.held()) {
                    byOverdueTime.add(copy);
                }
            }
        }
    }

    void remove(Unit unit) {
        if (started && mayBeDoubled(unit)) {
            for (Copy copy = unit.copies; copy != null; copy = copy.next) {
                if (copy.held()) {
                    byOverdueTime.remove(copy);
                }
            }
        }
    }

    /** A unit worth an extra copy on a worker that computes {@code speed} indices a second and may have it; or null. */
    Unit find(long nowNanos, double speed, double floorSeconds, Predicate<Unit> mayHave) {
        for (Copy copy : byOverdueTime) {
            if (copy.overdueNanos > nowNanos) {
                break;
            }
            if (mayHave.test(copy.unit)) {
                return copy.unit;
            }
        }
        return speed > 0 ? slow(nowNanos, speed, floorSeconds, mayHave) : null;
    }

    OptionalLong firstOverdueAfter(long nowNanos) {
        for (Copy copy : byOverdueTime) {
            if (copy.overdueNanos > nowNanos) {
                return OptionalLong.of(copy.overdueNanos);
            }
        }
        return OptionalLong.empty();
    }

    private Unit slow(long nowNanos, double speed, double floorSeconds, Predicate<Unit> mayHave) {
        Iterator<Copy> latestFirst = byOverdueTime.descendingIterator();
        for (int looks = 0; looks < MOST_LOOKS && latestFirst.hasNext(); looks++) {
            Copy copy = latestFirst.next();
            double left = (copy.sinceNanos + copy.expectedNanos - nowNanos) / 1e9;
            double ours = copy.unit.size() / speed;
            if (left > floorSeconds && ours < CLEARLY_FASTER * left && mayHave.test(copy.unit)) {
                return copy.unit;
            }
        }
        return null;
    }

    private static boolean mayBeDoubled(Unit unit) {
        return unit.leases > 0 && unit.leases == unit.wanted;
    }
}
