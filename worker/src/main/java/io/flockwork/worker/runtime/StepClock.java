package io.flockwork.worker.runtime;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

/**
 * A unit's own time, the same for every copy: each look at it moves it on by a millisecond, so that a loop which waits
 * for it ends. Confined to the unit's thread.
 */
final class StepClock extends Clock {
    private static final long START = Instant.parse("2026-01-01T00:00:00Z").getEpochSecond();
    private static final long STEP_NANOS = 1_000_000;

    private long nanos;

    /** Nanoseconds since the unit began. */
    long monotonic() {
        nanos += STEP_NANOS;
        return nanos;
    }

    /** Nanoseconds since 1970. */
    long realtime() {
        return monotonic() + TimeUnit.SECONDS.toNanos(START);
    }

    /** Sleeps, as far as the unit can see. */
    void advance(long duration) {
        nanos += Math.max(0, Math.min(duration, Long.MAX_VALUE / 4 - nanos));
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochSecond(0, realtime());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
