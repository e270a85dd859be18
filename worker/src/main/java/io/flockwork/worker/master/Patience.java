package io.flockwork.worker.master;

import java.time.Duration;

/**
 * How long a job waits for another worker before it is content with the votes there are: briefly where the grid has one
 * worker only, longer where others may come.
 */
final class Patience {
    private static final long ALONE_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long DESERTED_NANOS = Duration.ofSeconds(30).toNanos();

    private long lastProgress;

    Patience(long nowNanos) {
        lastProgress = nowNanos;
    }

    /** A result or a failure came in. */
    void progress(long nowNanos) {
        lastProgress = nowNanos;
    }

    /** True when nothing has come for a while. */
    boolean idle(long nowNanos) {
        return nowNanos - lastProgress > ALONE_NANOS;
    }

    /** True when nothing has come for too long. */
    boolean over(long nowNanos, int workers) {
        return nowNanos - lastProgress > (workers > 1 ? DESERTED_NANOS : ALONE_NANOS);
    }
}
