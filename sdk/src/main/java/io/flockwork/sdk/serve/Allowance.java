package io.flockwork.sdk.serve;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often each of many may do something: a token bucket for each (RFC 2697 describes one). Knows the ones seen last only; one that
 * it has forgotten starts anew with all that may be saved up. Time comes from the caller. Safe for use by many threads.
 *
 * @param <K> who
 */
public final class Allowance<K> {
    private static final double NANOS = 1e9;

    private final double perSecond;
    private final double savedUp;
    private final Map<K, Bucket> buckets;

    private static final class Bucket {
        private double tokens;
        private long filledNanos;
    }

    /**
     * @param perSecond how often, in the long run
     * @param savedUp how often at once, after a while of rest
     * @param most how many are known at a time
     */
    public Allowance(double perSecond, double savedUp, int most) {
        if (!(perSecond > 0) || savedUp < 1 || most < 1) {
            throw new IllegalArgumentException("an allowance is for something");
        }
        this.perSecond = perSecond;
        this.savedUp = savedUp;
        this.buckets = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, Bucket> eldest) {
                return size() > most;
            }
        };
    }

    /** Takes one from what {@code who} has left; false when nothing is. */
    public boolean take(K who, long nowNanos) {
        return take(who, 1, nowNanos);
    }

    /** Takes so many at once, or none; false when fewer are left. */
    public synchronized boolean take(K who, long count, long nowNanos) {
        Bucket bucket = buckets.get(who);
        if (bucket == null) {
            bucket = new Bucket();
            bucket.tokens = savedUp;
            bucket.filledNanos = nowNanos;
            buckets.put(who, bucket);
        }
        long passed = Math.max(0, nowNanos - bucket.filledNanos);
        bucket.tokens = Math.min(savedUp, bucket.tokens + passed / NANOS * perSecond);
        bucket.filledNanos += passed;
        if (bucket.tokens < count) {
            return false;
        }
        bucket.tokens -= count;
        return true;
    }
}
