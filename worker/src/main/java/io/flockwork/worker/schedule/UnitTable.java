package io.flockwork.worker.schedule;

import io.flockwork.sdk.model.Span;

/** The open units, hashed by their start and chained through themselves: 4 to 8 bytes a unit instead of a map's 60. */
final class UnitTable {
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private Unit[] buckets = new Unit[64];
    private int size;

    int size() {
        return size;
    }

    /** The unit of exactly these bounds, or null. */
    Unit find(Span span) {
        Unit unit = buckets[bucket(span.from())];
        while (unit != null && unit.from != span.from()) {
            unit = unit.chained;
        }
        return unit != null && unit.to == span.to() ? unit : null;
    }

    void add(Unit unit) {
        if (++size > buckets.length) {
            grow();
        }
        push(unit);
    }

    void remove(Unit unit) {
        int bucket = bucket(unit.from);
        if (buckets[bucket] == unit) {
            buckets[bucket] = unit.chained;
        } else {
            Unit before = buckets[bucket];
            while (before.chained != unit) {
                before = before.chained;
            }
            before.chained = unit.chained;
        }
        size--;
    }

    private void grow() {
        Unit[] old = buckets;
        buckets = new Unit[old.length * 2];
        for (Unit unit : old) {
            while (unit != null) {
                Unit next = unit.chained;
                push(unit);
                unit = next;
            }
        }
    }

    private void push(Unit unit) {
        int bucket = bucket(unit.from);
        unit.chained = buckets[bucket];
        buckets[bucket] = unit;
    }

    private int bucket(long from) {
        return (int) (from * SPREAD >>> Long.numberOfLeadingZeros(buckets.length - 1));
    }
}
