package io.flockwork.worker.lease;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** How many bytes of inputs may wait for the runner at a time. Safe for use by many threads. */
final class InputBudget {
    private static final int KIB = 1024;

    private final int kibibytes;
    private final Semaphore free;

    InputBudget(long bytes) {
        kibibytes = (int) Math.max(1, Math.min(bytes / KIB, Integer.MAX_VALUE));
        free = new Semaphore(kibibytes, true);
    }

    /** Waits until there is room for so many bytes; more than the whole budget counts as the whole. */
    Share take(int bytes, int units) throws InterruptedException {
        int permits = Math.min(kibibytes, bytes / KIB + 1);
        free.acquire(permits);
        return new Share(permits, units);
    }

    /** Bytes that nobody holds, in whole KiB. */
    long freeBytes() {
        return (long) free.availablePermits() * KIB;
    }

    /** Room taken by a batch; given back when all its units have ended. */
    final class Share {
        private final int permits;
        private final AtomicInteger unitsLeft;

        private Share(int permits, int units) {
            this.permits = permits;
            this.unitsLeft = new AtomicInteger(units);
        }

        /** A unit of the batch has ended. */
        void freeOne() {
            if (unitsLeft.decrementAndGet() == 0) {
                free.release(permits);
            }
        }
    }
}
