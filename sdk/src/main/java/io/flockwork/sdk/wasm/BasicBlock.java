package io.flockwork.sdk.wasm;

/**
 * The basic block that is being written: code that runs from its first instruction to its last. It is paid for as a whole
 * at its start, so it is kept until its end is known.
 */
final class BasicBlock {
    private static final int NOTHING = -1;

    private final Meter meter;
    private final ByteSink done;
    private final ByteSink code = new ByteSink();
    private long cost;
    private boolean heads;
    private boolean live = true;
    private int last = NOTHING;
    private int lastAt;
    private boolean clean;

    /** @param done where finished blocks go */
    BasicBlock(Meter meter, ByteSink done) {
        this.meter = meter;
        this.done = done;
    }

    /** False when nothing gets here, so that nothing needs to be paid. */
    boolean isLive() {
        return live;
    }

    void setLive(boolean reached) {
        live = reached;
    }

    /** Counts one instruction. */
    void count() {
        if (live) {
            cost += Costs.INSTRUCTION;
        }
    }

    /** Where to write the next instruction, {@code op}. */
    ByteSink next(int op) {
        last = op;
        lastAt = code.size();
        clean = false;
        return code;
    }

    /** Where to write what belongs to no instruction of the module's. */
    ByteSink code() {
        return code;
    }

    /** The block's instruction before this one, or less than 0. */
    int last() {
        return last;
    }

    /** Makes another instruction of the last one. */
    void replaceLast(int op) {
        code.replace(lastAt, op);
    }

    /** True when the last instruction gave a float that is no NaN, or the canonical one. */
    boolean isClean() {
        return clean;
    }

    void setClean(boolean isClean) {
        clean = isClean;
    }

    /** Ends the block. */
    void finish() {
        if (cost > 0 || heads) {
            meter.pay(done, cost, heads);
        }
        done.append(code);
        code.clear();
        cost = 0;
        heads = false;
        last = NOTHING;
        clean = false;
        meter.begin();
    }

    /** Control comes back to the start of this block, so that is where to see whether fuel is left. */
    void headsLoop() {
        heads = live;
    }
}
