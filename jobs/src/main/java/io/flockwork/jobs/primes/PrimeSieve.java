package io.flockwork.jobs.primes;

import java.util.Arrays;

/**
 * Counts primes with a segmented sieve of Eratosthenes over the odd numbers: a byte for each, in segments that stay in
 * the processor's cache. A segment starts as a copy of a pattern in which the multiples of the smallest odd primes are
 * crossed out already, for those make up most of the work.
 */
final class PrimeSieve {
    /** Beyond this the primes to cross out with no longer fit a unit's memory comfortably. */
    static final long LARGEST_TO = 1_000_000_000_000_000L;

    private static final int[] PATTERN_PRIMES = {3, 5, 7, 11, 13};
    private static final int PATTERN_LENGTH = 3 * 5 * 7 * 11 * 13;
    private static final int LEAST_PRIME = 17;
    private static final int LEAST_SEGMENT = 1 << 16;
    private static final int MOST_SEGMENT = 1 << 22;
    private static final byte CROSSED_OUT = 1;

    private final int[] primes;
    private final int[] next;
    private final byte[] pattern = pattern();
    private final byte[] segment;
    private int inUse;

    private PrimeSieve(long to) {
        int root = (int) Math.sqrt((double) to) + 1;
        primes = primesUpTo(root);
        next = new int[primes.length];
        segment = new byte[Math.max(LEAST_SEGMENT, Math.min(MOST_SEGMENT, root))];
    }

    /** The number of primes in {@code from..to}, {@code to} not included, 0 <= from < to <= {@link #LARGEST_TO}. */
    static long count(long from, long to) {
        long small = Arrays.stream(new int[] {2, 3, 5, 7, 11, 13})
                .filter(prime -> from <= prime && prime < to)
                .count();
        long first = Math.max(from | 1, LEAST_PRIME);
        return first < to ? small + new PrimeSieve(to).countFrom(first, to) : small;
    }

    private long countFrom(long first, long to) {
        long count = 0;
        for (long low = first; low < to; low += 2L * segment.length) {
            int length = (int) Math.min(segment.length, (to - low + 1) / 2);
            startFromPattern(low, length);
            takeUpPrimes(low, length);
            crossOut(length);
            count += length - crossedOut(length);
        }
        return count;
    }

    private void startFromPattern(long low, int length) {
        int from = (int) (low / 2 % PATTERN_LENGTH);
        for (int at = 0; at < length; from = 0) {
            int copied = Math.min(length - at, PATTERN_LENGTH - from);
            System.arraycopy(pattern, from, segment, at, copied);
            at += copied;
        }
    }

    private void crossOut(int length) {
        byte[] flags = segment;
        for (int i = 0; i < inUse; i++) {
            int prime = primes[i];
            int at = next[i];
            for (; at < length; at += prime) {
                flags[at] = CROSSED_OUT;
            }
            next[i] = at - length;
        }
    }

    private int crossedOut(int length) {
        int sum = 0;
        for (int i = 0; i < length; i++) {
            sum += segment[i];
        }
        return sum;
    }

    /** A prime has nothing to cross out below its square: it is first used in the segment that holds that. */
    private void takeUpPrimes(long low, int length) {
        long high = low + 2L * length;
        while (inUse < primes.length && (long) primes[inUse] * primes[inUse] < high) {
            next[inUse] = firstMultiple(primes[inUse], low);
            inUse++;
        }
    }

    /** Index in the segment of the first odd multiple, from the square on, of {@code prime}. */
    private static int firstMultiple(int prime, long low) {
        long square = (long) prime * prime;
        if (square >= low) {
            return (int) ((square - low) / 2);
        }
        long multiple = (low + prime - 1) / prime * prime;
        long odd = (multiple & 1) == 1 ? multiple : multiple + prime;
        return (int) ((odd - low) / 2);
    }

    /** Index i stands for the odd number 2i + 1; the pattern repeats after {@link #PATTERN_LENGTH} of them. */
    private static byte[] pattern() {
        byte[] pattern = new byte[PATTERN_LENGTH];
        for (int prime : PATTERN_PRIMES) {
            for (int at = prime / 2; at < PATTERN_LENGTH; at += prime) {
                pattern[at] = CROSSED_OUT;
            }
        }
        return pattern;
    }

    /** The primes from 17 up to {@code root}: the smaller ones are in the pattern. */
    private static int[] primesUpTo(int root) {
        boolean[] composite = new boolean[root / 2 + 1];
        int[] found = new int[mostPrimesUpTo(root)];
        int count = 0;
        for (int prime = 3; prime <= root; prime += 2) {
            if (!composite[prime / 2]) {
                if (prime >= LEAST_PRIME) {
                    found[count++] = prime;
                }
                for (long at = (long) prime * prime / 2; at < composite.length; at += prime) {
                    composite[(int) at] = true;
                }
            }
        }
        return Arrays.copyOf(found, count);
    }

    /** An upper bound of π(x) (Rosser and Schoenfeld 1962, corollary 1 of theorem 2). */
    private static int mostPrimesUpTo(int x) {
        return 2 + (int) (1.25506 * x / Math.log(Math.max(2, x)));
    }
}
