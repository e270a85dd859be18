package io.flockwork.worker.master;

import java.time.Duration;
import java.util.concurrent.Executor;

/** The one thread that a JobMaster lives on, with its time. In tests, virtual time. */
public interface Loop extends Executor, AutoCloseable {
    /** Monotonic time, nanoseconds. */
    long nanoTime();

    /** Runs {@code task} on this loop again and again, a period after the last run ended, until the loop closes. */
    void every(Duration period, Runnable task);

    /** Runs nothing more. */
    @Override
    void close();
}
