package io.flockwork.sdk.wasm;

/**
 * Makes NaNs canonical where their bits can be seen. WebAssembly leaves the sign and the payload of a computed NaN to the
 * engine, and engines differ.
 *
 * @see <a href="https://www.w3.org/TR/wasm-core-2/#nan-propagation">WebAssembly 2.0, NaN propagation</a>
 */
final class Nans {
    static final int CANONICAL_32 = 0x7fc00000;
    static final long CANONICAL_64 = 0x7ff8000000000000L;

    private Nans() {}

    /** The number on top of the stack, or the canonical NaN in its place. */
    static void clean(ByteSink code, int type, Locals locals) {
        int local = locals.of(type == ValueType.F32 ? Locals.Added.FLOAT : Locals.Added.DOUBLE);
        code.u8(Op.LOCAL_TEE).u32(local);
        replace(code, type, local);
    }

    /** Puts a local of type f32 or f64 on the stack, or the canonical NaN in its place. */
    static void getClean(ByteSink code, int type, int local) {
        code.u8(Op.LOCAL_GET).u32(local);
        replace(code, type, local);
    }

    /** False for a NaN other than the canonical one. */
    static boolean isClean(int bits) {
        return !Float.isNaN(Float.intBitsToFloat(bits)) || bits == CANONICAL_32;
    }

    /** False for a NaN other than the canonical one. */
    static boolean isClean(long bits) {
        return !Double.isNaN(Double.longBitsToDouble(bits)) || bits == CANONICAL_64;
    }

    /** True for an instruction whose result is a float and never a NaN. */
    static boolean givesNone(int op) {
        return op >= Op.F32_CONVERT_I32_S && op <= Op.F32_CONVERT_I64_U
                || op >= Op.F64_CONVERT_I32_S && op <= Op.F64_CONVERT_I64_U;
    }

    /**
     * A NaN is not even as great as itself. Processors test that with one jump; for equality they need two, which took nearly
     * twice the time.
     */
    private static void replace(ByteSink code, int type, int local) {
        if (type == ValueType.F32) {
            code.u8(Op.F32_CONST).fixed(CANONICAL_32, Float.BYTES);
        } else {
            code.u8(Op.F64_CONST).fixed(CANONICAL_64, Double.BYTES);
        }
        code.u8(Op.LOCAL_GET).u32(local).u8(Op.LOCAL_GET).u32(local);
        code.u8(type == ValueType.F32 ? Op.F32_GE : Op.F64_GE, Op.SELECT);
    }
}
