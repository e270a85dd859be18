package io.flockwork.sdk.wasm;

/**
 * What work costs. One instruction is one unit of fuel, whatever it does: how much longer a division takes than an addition,
 * or a load that misses the cache than one that does not, differs more among machines than any table could say. What only
 * marks a place ({@code block}, {@code loop}, {@code else}, {@code end}, {@code nop}) is free. What does as much as it is
 * told costs so much more.
 */
final class Costs {
    static final int INSTRUCTION = 1;

    /** A call out of the module, which is some microseconds. */
    static final int HOST_CALL = 1_000;

    /** Bytes moved at once, 8 of them for a unit. */
    static final int BYTES_SHIFT = 3;

    /** Pages that a memory grows by, each 65,536 bytes to be cleared. */
    static final int PAGE_SHIFT = 16 - BYTES_SHIFT;

    /** Entries of a table. */
    static final int ENTRIES_SHIFT = 0;

    private Costs() {}
}
