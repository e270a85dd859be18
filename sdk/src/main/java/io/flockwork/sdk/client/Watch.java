package io.flockwork.sdk.client;

import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.wire.ClientMessage.Status;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One follower of one job. The follower hears on one thread at a time, in order; one that is slower than the job misses what
 * lies between, never the end, and nothing after it. Safe for use by many threads.
 */
final class Watch {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    private final JobId job;
    private final Executor threads;
    private final Consumer<Status> follower;
    private final Consumer<GridException> lost;
    private Status newest;
    private boolean untold;
    private boolean telling;
    private boolean over;

    Watch(JobId job, Executor threads, Consumer<Status> follower, Consumer<GridException> lost) {
        this.job = job;
        this.threads = threads;
        this.follower = follower;
        this.lost = lost;
    }

    JobId job() {
        return job;
    }

    synchronized boolean isOver() {
        return over;
    }

    /** Takes news; a core that lags behind the one asked before it has none. */
    synchronized void heard(Status status) {
        boolean stale =
                newest != null && status.record().epoch() < newest.record().epoch();
        if (over || stale) {
            return;
        }
        over = status.record().state().ended();
        newest = status;
        untold = true;
        if (!telling) {
            telling = true;
            threads.execute(this::tell);
        }
    }

    /** The grid stays out of reach, or knows no such job. */
    void lost(GridException why) {
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
        }
        lost.accept(why);
    }

    /** Nothing more is told, but for what is being told now. */
    synchronized void close() {
        over = true;
        untold = false;
    }

    private void tell() {
        for (Status status = next(); status != null; status = next()) {
            try {
                follower.accept(status);
            } catch (RuntimeException broken) {
                LOG.warn("a follower of job {} failed", job, broken);
            }
        }
    }

    private synchronized Status next() {
        telling = untold;
        untold = false;
        return telling ? newest : null;
    }
}
