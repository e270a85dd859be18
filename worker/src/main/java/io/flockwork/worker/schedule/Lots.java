package io.flockwork.worker.schedule;

/**
 * Where a search begins, so that nobody can tell which unit comes next: a seeded sequence (SplitMix64: Steele, Lea and Flood,
 * OOPSLA 2014), the same at each run.
 */
final class Lots {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private final boolean drawn;
    private long state;

    /** @param seed 0: always the first */
    Lots(long seed) {
        drawn = seed != 0;
        state = seed;
    }

    /** A number from {@code start} (inclusive) to {@code end} (exclusive); {@code start} where there is none between. */
    long draw(long start, long end) {
        return drawn && end - start > 1 ? start + Long.remainderUnsigned(next(), end - start) : start;
    }

    private long next() {
        state += GAMMA;
        long mixed = (state ^ state >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}
