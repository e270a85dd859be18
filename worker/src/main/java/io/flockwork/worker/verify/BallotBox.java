package io.flockwork.worker.verify;

import io.flockwork.sdk.model.Span;

/** The first ballot of every undecided unit, hashed by the unit's start and chained through the ballots themselves. */
final class BallotBox {
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private Ballot[] buckets = new Ballot[64];
    private int size;

    /** The unit's first ballot, or null. */
    Ballot first(Span unit) {
        Ballot ballot = buckets[bucket(unit.from())];
        while (ballot != null && (ballot.from != unit.from() || ballot.to != unit.to())) {
            ballot = ballot.nextUnit;
        }
        return ballot;
    }

    void add(Ballot first) {
        if (++size > buckets.length) {
            grow();
        }
        push(first);
    }

    void remove(Ballot first) {
        int bucket = bucket(first.from);
        if (buckets[bucket] == first) {
            buckets[bucket] = first.nextUnit;
        } else {
            Ballot before = buckets[bucket];
            while (before.nextUnit != first) {
                before = before.nextUnit;
            }
            before.nextUnit = first.nextUnit;
        }
        size--;
    }

    private void grow() {
        Ballot[] old = buckets;
        buckets = new Ballot[old.length * 2];
        for (Ballot ballot : old) {
            while (ballot != null) {
                Ballot next = ballot.nextUnit;
                push(ballot);
                ballot = next;
            }
        }
    }

    private void push(Ballot ballot) {
        int bucket = bucket(ballot.from);
        ballot.nextUnit = buckets[bucket];
        buckets[bucket] = ballot;
    }

    private int bucket(long from) {
        return (int) (from * SPREAD >>> Long.numberOfLeadingZeros(buckets.length - 1));
    }
}
