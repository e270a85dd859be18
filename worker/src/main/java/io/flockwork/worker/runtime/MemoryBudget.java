package io.flockwork.worker.runtime;

/** Lets units start only while the memory that they may use fits together. */
final class MemoryBudget {
    private long free;

    MemoryBudget(long bytes) {
        this.free = bytes;
    }

    /** Takes the memory, waiting for other units to end where need be. */
    synchronized void take(long bytes) throws InterruptedException {
        while (bytes > free) {
            wait();
        }
        free -= bytes;
    }

    synchronized void giveBack(long bytes) {
        free += bytes;
        notifyAll();
    }
}
