package io.flockwork.worker.verify;

import io.flockwork.sdk.model.Span;
import java.util.ArrayList;
import java.util.List;

/** The units with votes, hashed by their start and chained through themselves: a job may have a million. */
final class CaseTable {
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private Case[] buckets = new Case[64];
    private int size;

    /** The unit's case, or null. */
    Case find(Span unit) {
        Case found = buckets[bucket(unit.from())];
        while (found != null && (found.from != unit.from() || found.to != unit.to())) {
            found = found.nextCase;
        }
        return found;
    }

    /** The unit's case, new if need be. */
    Case of(Span unit) {
        Case known = find(unit);
        if (known != null) {
            return known;
        }
        if (++size > buckets.length) {
            grow();
        }
        Case opened = new Case(unit);
        push(opened);
        return opened;
    }

    /** All of them, in unit order. */
    List<Case> inOrder() {
        List<Case> all = new ArrayList<>(size);
        for (Case chain : buckets) {
            for (Case unit = chain; unit != null; unit = unit.nextCase) {
                all.add(unit);
            }
        }
        all.sort(Case.IN_ORDER);
        return all;
    }

    void remove(Case gone) {
        int bucket = bucket(gone.from);
        if (buckets[bucket] == gone) {
            buckets[bucket] = gone.nextCase;
        } else {
            Case before = buckets[bucket];
            while (before.nextCase != gone) {
                before = before.nextCase;
            }
            before.nextCase = gone.nextCase;
        }
        size--;
    }

    private void grow() {
        Case[] old = buckets;
        buckets = new Case[old.length * 2];
        for (Case moved : old) {
            while (moved != null) {
                Case next = moved.nextCase;
                push(moved);
                moved = next;
            }
        }
    }

    private void push(Case added) {
        int bucket = bucket(added.from);
        added.nextCase = buckets[bucket];
        buckets[bucket] = added;
    }

    private int bucket(long from) {
        return (int) (from * SPREAD >>> Long.numberOfLeadingZeros(buckets.length - 1));
    }
}
