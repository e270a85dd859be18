package io.flockwork.worker.master;

/** Finds where units end in bytes that pass by. */
interface Cutter {
    /** The next {@code length} bytes of the blob. */
    void take(byte[] bytes, int length, Bounds bounds);

    /** The blob is over. */
    void end(Bounds bounds);
}
