package io.flockwork.sdk.client;

import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.wire.UnknownBlobException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Asks one core after the other until one answers. Everything asked this way is idempotent. */
final class FailOver {
    private final Cores cores;
    private final Patience patience;
    private final LongSupplier nanos;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile String whyClosed = "";

    /** @param nanos a ticker such as {@link System#nanoTime} */
    FailOver(Cores cores, Patience patience, LongSupplier nanos) {
        this.cores = cores;
        this.patience = patience;
        this.nanos = nanos;
    }

    /** Asks one core; must fail by itself when it is silent. */
    @FunctionalInterface
    interface Attempt<T> {
        CompletableFuture<T> at(Address core);
    }

    /** A core's request to ask again later, which says nothing against the core. */
    static final class TryAgain extends RuntimeException {
        TryAgain(String message) {
            super(message);
        }
    }

    /** Blocks for the first answer. */
    <T> T ask(Attempt<T> attempt) {
        return ask(patience.grid(), attempt);
    }

    /**
     * Blocks for the first answer.
     *
     * @throws GridException what a core refused for good, or UNREACHABLE when none answered for {@code within} from the
     *     first failure on
     */
    <T> T ask(Duration within, Attempt<T> attempt) {
        Failures failures = new Failures(within);
        do {
            int unknown = 0;
            for (Address core : cores.inOrder()) {
                long began = nanos.getAsLong();
                try {
                    requireOpen();
                    return attempt.at(core).get();
                } catch (InterruptedException stop) {
                    Thread.currentThread().interrupt();
                    throw new GridException(GridException.Kind.UNREACHABLE, "interrupted while asking " + core);
                } catch (ExecutionException | RuntimeException failed) {
                    Throwable cause = Trouble.unwrapped(failed);
                    unknown += cause instanceof UnknownBlobException ? 1 : 0;
                    failures.add(core, cause, began);
                }
            }
            failures.requireKnown(unknown);
            cores.refresh();
        } while (failures.mayTryAgain());
        throw failures.giveUp();
    }

    /** Ends every wait; what is asked from now on fails with this sentence. */
    void close(String why) {
        whyClosed = why;
        closed.countDown();
    }

    private void requireOpen() {
        if (closed.getCount() == 0) {
            throw new GridException(GridException.Kind.UNREACHABLE, whyClosed);
        }
    }

    /** What went wrong in one {@link #ask}. */
    private final class Failures {
        private final long within;
        private long deadline;
        private boolean any;
        private String last = "the grid has no core worker";

        Failures(Duration within) {
            this.within = within.toNanos();
            this.deadline = nanos.getAsLong() + this.within;
        }

        void add(Address core, Throwable cause, long began) {
            if (cause instanceof GridException forGood) {
                throw forGood;
            }
            long now = nanos.getAsLong();
            // The patience begins with the failing: what worked for an hour before it broke is begun anew.
            if (!any || now - began > within) {
                deadline = now + within;
            }
            any = true;
            boolean coreIsWell = cause instanceof TryAgain || cause instanceof UnknownBlobException;
            if (coreIsWell) {
                last = cause.getMessage();
            } else {
                last = Trouble.reaching(core, cause);
                cores.failed(core);
            }
        }

        void requireKnown(int unknown) {
            if (unknown > 0 && unknown == cores.inOrder().size()) {
                throw new GridException(GridException.Kind.NOT_FOUND, "no core of the grid has these bytes any more");
            }
        }

        boolean mayTryAgain() {
            try {
                return nanos.getAsLong() < deadline
                        && !closed.await(patience.pause().toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        GridException giveUp() {
            requireOpen();
            return new GridException(GridException.Kind.UNREACHABLE, "no core of the grid answers: " + last);
        }
    }
}
