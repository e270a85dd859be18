package io.flockwork.sdk.wasm;

import io.flockwork.sdk.wasm.Locals.Added;

/**
 * Unsigned 64-bit integers made floats. Endive 1.0.0 rounds those from 2^63 up away from zero, and so gives other results than
 * other engines; here they go the way of the signed ones, which it rounds right.
 */
final class Conversions {
    private final Locals locals;

    Conversions(Locals locals) {
        this.locals = locals;
    }

    /** The i64 on top of the stack as an f32. */
    void toFloat(ByteSink code) {
        convert(code, ValueType.F32, Op.F32_CONVERT_I64_S, Locals.Added.FLOAT, Op.F32_ADD);
    }

    /** The i64 on top of the stack as an f64. */
    void toDouble(ByteSink code) {
        convert(code, ValueType.F64, Op.F64_CONVERT_I64_S, Locals.Added.DOUBLE, Op.F64_ADD);
    }

    /**
     * What is too large is halved, with the lost bit kept in the last one, so that rounding sees whether anything was there, and
     * doubled again, which is exact.
     */
    private void convert(ByteSink code, int type, int signed, Added half, int add) {
        int number = locals.of(Added.LONG);
        code.u8(Op.LOCAL_TEE).u32(number).u8(Op.I64_CONST, 0, Op.I64_GE_S, Op.IF, type);
        code.u8(Op.LOCAL_GET).u32(number).u8(signed, Op.ELSE);
        code.u8(Op.LOCAL_GET).u32(number).u8(Op.I64_CONST, 1, Op.I64_SHR_U);
        code.u8(Op.LOCAL_GET).u32(number).u8(Op.I64_CONST, 1, Op.I64_AND, Op.I64_OR, signed);
        code.u8(Op.LOCAL_TEE)
                .u32(locals.of(half))
                .u8(Op.LOCAL_GET)
                .u32(locals.of(half))
                .u8(add, Op.END);
    }
}
