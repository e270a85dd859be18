package io.flockwork.sdk.wasm;

/** Rewrites the instructions after which control goes on with the next one. */
final class StraightCode {
    private static final int FIRST_OF_SEVERAL_MEMORIES = 0x40;

    private final Shape shape;
    private final Layout layout;
    private final Locals locals;
    private final ByteSource source;
    private final BasicBlock block;
    private final Meter meter;
    private final Conversions conversions;

    StraightCode(Shape shape, Layout layout, Locals locals, ByteSource source, BasicBlock block, Meter meter) {
        this.shape = shape;
        this.layout = layout;
        this.locals = locals;
        this.source = source;
        this.block = block;
        this.meter = meter;
        this.conversions = new Conversions(locals);
    }

    void instruction(int from, int op) {
        if (op != Op.NOP) {
            block.count();
        }
        switch (op) {
            case Op.MEMORY_GROW -> grow(from);
            case Op.REF_FUNC -> {
                int function = source.index(shape.functions.size(), "function");
                block.next(op).u8(op).u32(layout.target(function));
            }
            case Op.MISC -> misc(from);
            case Op.F32_CONST -> constant(from, op, Nans.isClean((int) source.fixed(Float.BYTES)));
            case Op.F64_CONST -> constant(from, op, Nans.isClean(source.fixed(Double.BYTES)));
            case Op.F32_STORE -> store(from, op, Op.F32_LOAD, Op.I32_LOAD, Op.F32_REINTERPRET_I32, Op.I32_STORE);
            case Op.F64_STORE -> store(from, op, Op.F64_LOAD, Op.I64_LOAD, Op.F64_REINTERPRET_I64, Op.I64_STORE);
            case Op.I32_REINTERPRET_F32 -> reinterpret(from, op, Op.F32_LOAD, Op.I32_LOAD);
            case Op.I64_REINTERPRET_F64 -> reinterpret(from, op, Op.F64_LOAD, Op.I64_LOAD);
            case Op.F32_CONVERT_I64_U -> {
                conversions.toFloat(block.next(op));
                block.setClean(true);
            }
            case Op.F64_CONVERT_I64_U -> {
                conversions.toDouble(block.next(op));
                block.setClean(true);
            }
            case Op.F32_COPYSIGN -> seen(from, op, ValueType.F32);
            case Op.F64_COPYSIGN -> seen(from, op, ValueType.F64);
            default -> {
                readOperands(op);
                copy(from, op);
                block.setClean(Nans.givesNone(op));
            }
        }
    }

    private void copy(int from, int op) {
        source.copyTo(block.next(op), from);
    }

    private void constant(int from, int op, boolean clean) {
        copy(from, op);
        block.setClean(clean);
    }

    private void grow(int from) {
        readMemory();
        if (block.isLive()) {
            meter.grow(block.next(Op.MEMORY_GROW));
        } else {
            copy(from, Op.MEMORY_GROW);
        }
    }

    /**
     * What has been loaded only to be stored is copied as an integer, so that data keep the bits of their NaNs. (Only what was
     * computed need not have the same bits everywhere.)
     */
    private void store(int from, int op, int load, int integerLoad, int reinterpret, int integerStore) {
        int operands = source.position();
        readAddress();
        if (block.last() == load || block.last() == reinterpret) {
            block.replaceLast(block.last() == load ? integerLoad : Op.NOP);
            source.copyTo(block.next(integerStore).u8(integerStore), operands);
        } else {
            seen(from, op, op == Op.F32_STORE ? ValueType.F32 : ValueType.F64);
        }
    }

    private void reinterpret(int from, int op, int load, int integerLoad) {
        if (block.last() == load) {
            block.replaceLast(integerLoad);
            block.next(integerLoad);
        } else {
            seen(from, op, op == Op.I32_REINTERPRET_F32 ? ValueType.F32 : ValueType.F64);
        }
    }

    /** An instruction that sees the bits of the float on top of the stack. */
    private void seen(int from, int op, int type) {
        if (block.isLive() && !block.isClean()) {
            Nans.clean(block.code(), type, locals);
        }
        copy(from, op);
    }

    private void readOperands(int op) {
        switch (op) {
            case Op.NOP, Op.DROP, Op.SELECT, Op.REF_IS_NULL -> {}
            case Op.SELECT_TYPED -> {
                if (source.u32() != 1) {
                    throw Refusal.damaged("a select of several values");
                }
                ValueType.read(source);
            }
            case Op.LOCAL_GET, Op.LOCAL_SET, Op.LOCAL_TEE -> source.index(locals.own(), "local");
            case Op.GLOBAL_GET, Op.GLOBAL_SET -> source.index(shape.globals, "global");
            case Op.TABLE_GET, Op.TABLE_SET -> source.index(shape.tables, "table");
            case Op.MEMORY_SIZE -> readMemory();
            case Op.I32_CONST -> source.s33();
            case Op.I64_CONST -> source.s64();
            case Op.REF_NULL -> ValueType.readReference(source);
            default -> {
                if (op >= Op.I32_LOAD && op <= Op.I64_STORE32) {
                    readAddress();
                } else if (op < Op.I32_EQZ || op > Op.I64_EXTEND32_S) {
                    throw Op.refused(op);
                }
            }
        }
    }

    private void readMemory() {
        if (source.u8() != 0) {
            throw Refusal.moreMemories();
        }
    }

    private void readAddress() {
        if (source.u32() >= FIRST_OF_SEVERAL_MEMORIES) {
            throw Refusal.moreMemories();
        }
        source.u32();
    }

    private void misc(int from) {
        int op = source.index(Op.TABLE_FILL + 1, "instruction 0xfc");
        switch (op) {
            case Op.MEMORY_COPY -> {
                readMemory();
                readMemory();
            }
            case Op.MEMORY_FILL -> readMemory();
            case Op.MEMORY_INIT -> {
                source.u32();
                readMemory();
            }
            case Op.TABLE_INIT, Op.TABLE_COPY -> {
                source.u32();
                source.u32();
            }
            case Op.DATA_DROP, Op.ELEM_DROP, Op.TABLE_GROW, Op.TABLE_SIZE, Op.TABLE_FILL -> source.u32();
            default -> {}
        }
        if (block.isLive()) {
            paySize(op);
        }
        copy(from, Op.MISC);
    }

    private void paySize(int op) {
        switch (op) {
            case Op.MEMORY_COPY, Op.MEMORY_FILL, Op.MEMORY_INIT -> meter.paySize(block.code(), Costs.BYTES_SHIFT);
            case Op.TABLE_INIT, Op.TABLE_COPY, Op.TABLE_GROW, Op.TABLE_FILL ->
                meter.paySize(block.code(), Costs.ENTRIES_SHIFT);
            default -> {}
        }
    }
}
