package io.flockwork.worker.schedule;

import io.flockwork.sdk.model.Span;

/**
 * The units that are carved and not settled, each in the table, in the queue while it misses copies, among the
 * stragglers while it may be doubled, and in the sums. Whoever changes a unit calls {@link #lift} before and
 * {@link #lay} after.
 */
final class OpenUnits {
    final WantedQueue wanted = new WantedQueue();
    final Stragglers stragglers = new Stragglers();
    private final UnitTable table = new UnitTable();
    private long indices;
    private long leases;
    private int running;
    private double missingIndices;
    private double wantedIndices;

    /** The open unit of exactly these bounds, or null. */
    Unit find(Span span) {
        return table.find(span);
    }

    Unit open(Span span, int copies) {
        Unit unit = new Unit(span, copies);
        table.add(unit);
        indices += unit.size();
        lay(unit);
        return unit;
    }

    /** Forgets a unit of which no copy is held any more. */
    void close(Unit unit) {
        lift(unit);
        if (unit.seat != Unit.NOT_QUEUED) {
            wanted.remove(unit);
        }
        indices -= unit.size();
        table.remove(unit);
        if (table.size() == 0) {
            missingIndices = 0;
            wantedIndices = 0;
        }
    }

    void lift(Unit unit) {
        stragglers.remove(unit);
        count(unit, -1);
    }

    void lay(Unit unit) {
        count(unit, 1);
        stragglers.add(unit);
        boolean queued = unit.seat != Unit.NOT_QUEUED;
        if (unit.missing() > 0 && !queued) {
            wanted.add(unit);
        } else if (unit.missing() == 0 && queued) {
            wanted.remove(unit);
        }
    }

    /** Seats the unit last, so that workers who passed it over look at it again. */
    void requeue(Unit unit) {
        if (unit.seat != Unit.NOT_QUEUED) {
            wanted.remove(unit);
            wanted.add(unit);
        }
    }

    int size() {
        return table.size();
    }

    long indices() {
        return indices;
    }

    long leases() {
        return leases;
    }

    /** Units with at least one copy out. */
    int running() {
        return running;
    }

    /** Indices to compute in copies that nobody has on lease. */
    double missingIndices() {
        return missingIndices;
    }

    /** Indices to compute in all copies that are still wanted, leased or not. */
    double wantedIndices() {
        return wantedIndices;
    }

    private void count(Unit unit, int sign) {
        leases += (long) sign * unit.leases;
        running += unit.leases > 0 ? sign : 0;
        missingIndices += (double) sign * unit.missing() * unit.size();
        wantedIndices += (double) sign * unit.wanted * unit.size();
    }
}
