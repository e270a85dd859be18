package io.flockwork.sdk.wasm;

/** A block, loop or if of a function, or the function itself, while the rewriter is inside. */
final class Frame {
    final int opcode;
    /** True when control gets to its start. */
    final boolean live;

    /** True when a branch goes to its end. */
    boolean targeted;

    boolean hasElse;
    /** True when control leaves the first branch at its end. */
    boolean firstEnds;

    Frame(int opcode, boolean live) {
        this.opcode = opcode;
        this.live = live;
    }

    /** True when control can come to what follows from elsewhere than from what stands before. */
    boolean joins() {
        return live && (opcode != Op.LOOP && targeted || opcode == Op.IF && (!hasElse || firstEnds));
    }
}
