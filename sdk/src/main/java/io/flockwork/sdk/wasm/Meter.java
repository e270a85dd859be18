package io.flockwork.sdk.wasm;

import io.flockwork.sdk.wasm.Locals.Added;

/**
 * Writes the instructions that count a function's work. What is left stands in a global; a function takes it into a local,
 * which engines keep in a register, and puts it back before whatever else may read it: calls, its end, and the trap when
 * nothing is left.
 */
final class Meter {
    /** Which of the two holds what is left. */
    private enum Held {
        IN_LOCAL,
        IN_BOTH,
        IN_GLOBAL
    }

    private final int global;
    private final Locals locals;
    private Held held = Held.IN_LOCAL;

    Meter(int global, Locals locals) {
        this.global = global;
        this.locals = locals;
    }

    private int local() {
        return locals.of(Added.FUEL);
    }

    /**
     * At a function's start.
     *
     * @param check true when the function may call another, and so go on for ever without a loop
     */
    void enter(ByteSink code, boolean check) {
        code.u8(Op.GLOBAL_GET).u32(global);
        if (check) {
            code.u8(Op.LOCAL_TEE).u32(local()).u8(Op.I64_CONST, 0, Op.I64_LT_S, Op.IF, ValueType.NONE);
            code.u8(Op.UNREACHABLE, Op.END);
        } else {
            code.u8(Op.LOCAL_SET).u32(local());
        }
    }

    /** A basic block begins: control comes from several places, in all of which the local holds what is left. */
    void begin() {
        held = Held.IN_LOCAL;
    }

    /** Before control goes somewhere else within the function. */
    void settle(ByteSink code) {
        if (held == Held.IN_GLOBAL) {
            code.u8(Op.GLOBAL_GET).u32(global).u8(Op.LOCAL_SET).u32(local());
            held = Held.IN_BOTH;
        }
    }

    /** Before a call and before the function's end. */
    void save(ByteSink code) {
        if (held == Held.IN_LOCAL) {
            code.u8(Op.LOCAL_GET).u32(local()).u8(Op.GLOBAL_SET).u32(global);
            held = Held.IN_BOTH;
        }
    }

    /** After a call. */
    void called() {
        held = Held.IN_GLOBAL;
    }

    /** Pays for a basic block, at its start. */
    void pay(ByteSink code, long cost, boolean check) {
        code.u8(Op.LOCAL_GET).u32(local());
        if (cost > 0) {
            code.u8(Op.I64_CONST).s64(cost).u8(Op.I64_SUB);
            code.u8(check ? Op.LOCAL_TEE : Op.LOCAL_SET).u32(local());
        }
        if (check) {
            check(code);
        }
    }

    /** Pays for an instruction whose work is the i32 on top of the stack, in units of {@code 1 << shift}. */
    void paySize(ByteSink code, int shift) {
        int size = locals.of(Added.SIZE);
        code.u8(Op.LOCAL_TEE).u32(size);
        settle(code);
        code.u8(Op.LOCAL_GET).u32(local());
        code.u8(Op.LOCAL_GET).u32(size).u8(Op.I64_EXTEND_I32_U);
        if (shift > 0) {
            code.u8(Op.I64_CONST).s64(shift).u8(Op.I64_SHR_U);
        }
        payTop(code);
    }

    /** Grows the memory by the pages on top of the stack, and pays for them when there are any more. */
    void grow(ByteSink code) {
        int pages = locals.of(Added.SIZE);
        int before = locals.of(Added.GROWN);
        code.u8(Op.LOCAL_TEE).u32(pages).u8(Op.MEMORY_GROW, 0).u8(Op.LOCAL_TEE).u32(before);
        settle(code);
        code.u8(Op.LOCAL_GET).u32(local());
        code.u8(Op.LOCAL_GET).u32(pages).u8(Op.I64_EXTEND_I32_U);
        code.u8(Op.I64_CONST).s64(Costs.PAGE_SHIFT).u8(Op.I64_SHL, Op.I64_CONST, 0);
        code.u8(Op.LOCAL_GET).u32(before).u8(Op.I32_CONST).s64(-1).u8(Op.I32_NE, Op.SELECT);
        payTop(code);
    }

    private void payTop(ByteSink code) {
        code.u8(Op.I64_SUB, Op.LOCAL_TEE).u32(local());
        check(code);
        held = Held.IN_LOCAL;
    }

    /** Traps when what is left, on top of the stack, is less than nothing; the global then says so. */
    private void check(ByteSink code) {
        code.u8(Op.I64_CONST, 0, Op.I64_LT_S, Op.IF, ValueType.NONE);
        code.u8(Op.LOCAL_GET).u32(local()).u8(Op.GLOBAL_SET).u32(global);
        code.u8(Op.UNREACHABLE, Op.END);
    }
}
