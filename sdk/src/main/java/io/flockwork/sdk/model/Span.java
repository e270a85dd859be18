package io.flockwork.sdk.model;

/**
 * One unit's share of its job's index space: the half-open interval {@code from..to}. A range job has spans of many
 * indices; where a unit is a line, a chunk, a file or a list entry, its span is that one index. {@code from} names the
 * unit within its job.
 */
public record Span(long from, long to) implements Comparable<Span> {
    public Span {
        if (from >= to) {
            throw new IllegalArgumentException("empty span " + from + ".." + to);
        }
        if (to - from < 0) {
            throw new IllegalArgumentException("span too long: " + from + ".." + to);
        }
    }

    /** Number of indices. */
    public long size() {
        return to - from;
    }

    /** True when the two have an index in common. */
    public boolean overlaps(Span other) {
        return from < other.to && other.from < to;
    }

    @Override
    public int compareTo(Span other) {
        int byFrom = Long.compare(from, other.from);
        return byFrom != 0 ? byFrom : Long.compare(to, other.to);
    }

    /** As a record's own, which is slower where spans are the keys of large maps. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Span span && from == span.from && to == span.to;
    }

    /** Mixed well (Fibonacci hashing): a record's own would put the neighbours that spans are into few buckets of a map. */
    @Override
    public int hashCode() {
        return (int) ((31 * from + to) * 0x9E3779B97F4A7C15L >>> 32);
    }

    @Override
    public String toString() {
        return from + ".." + to;
    }
}
