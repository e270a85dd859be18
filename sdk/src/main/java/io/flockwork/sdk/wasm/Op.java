package io.flockwork.sdk.wasm;

/**
 * The instructions that the rewriter has to know by name.
 *
 * @see <a href="https://www.w3.org/TR/wasm-core-2/#a7-index-of-instructions">WebAssembly 2.0, index of instructions</a>
 */
final class Op {
    static final int UNREACHABLE = 0x00;
    static final int NOP = 0x01;
    static final int BLOCK = 0x02;
    static final int LOOP = 0x03;
    static final int IF = 0x04;
    static final int ELSE = 0x05;
    static final int END = 0x0b;
    static final int BR = 0x0c;
    static final int BR_IF = 0x0d;
    static final int BR_TABLE = 0x0e;
    static final int RETURN = 0x0f;
    static final int CALL = 0x10;
    static final int CALL_INDIRECT = 0x11;
    static final int DROP = 0x1a;
    static final int SELECT = 0x1b;
    static final int SELECT_TYPED = 0x1c;
    static final int LOCAL_GET = 0x20;
    static final int LOCAL_SET = 0x21;
    static final int LOCAL_TEE = 0x22;
    static final int GLOBAL_GET = 0x23;
    static final int GLOBAL_SET = 0x24;
    static final int TABLE_GET = 0x25;
    static final int TABLE_SET = 0x26;
    static final int I32_LOAD = 0x28;
    static final int I64_LOAD = 0x29;
    static final int F32_LOAD = 0x2a;
    static final int F64_LOAD = 0x2b;
    static final int I32_STORE = 0x36;
    static final int I64_STORE = 0x37;
    static final int F32_STORE = 0x38;
    static final int F64_STORE = 0x39;
    static final int I64_STORE32 = 0x3e;
    static final int MEMORY_SIZE = 0x3f;
    static final int MEMORY_GROW = 0x40;
    static final int I32_CONST = 0x41;
    static final int I64_CONST = 0x42;
    static final int F32_CONST = 0x43;
    static final int F64_CONST = 0x44;
    static final int I32_EQZ = 0x45;
    static final int I32_NE = 0x47;
    static final int I64_LT_S = 0x53;
    static final int I64_GE_S = 0x59;
    static final int F32_GE = 0x60;
    static final int F64_GE = 0x66;
    static final int I64_SUB = 0x7d;
    static final int I64_AND = 0x83;
    static final int I64_OR = 0x84;
    static final int I64_SHL = 0x86;
    static final int I64_SHR_U = 0x88;
    static final int F32_ADD = 0x92;
    static final int F32_COPYSIGN = 0x98;
    static final int F64_ADD = 0xa0;
    static final int F64_COPYSIGN = 0xa6;
    static final int I64_EXTEND_I32_U = 0xad;
    static final int F32_CONVERT_I32_S = 0xb2;
    static final int F32_CONVERT_I64_S = 0xb4;
    static final int F32_CONVERT_I64_U = 0xb5;
    static final int F64_CONVERT_I32_S = 0xb7;
    static final int F64_CONVERT_I64_S = 0xb9;
    static final int F64_CONVERT_I64_U = 0xba;
    static final int I32_REINTERPRET_F32 = 0xbc;
    static final int I64_REINTERPRET_F64 = 0xbd;
    static final int F32_REINTERPRET_I32 = 0xbe;
    static final int F64_REINTERPRET_I64 = 0xbf;
    static final int I64_EXTEND32_S = 0xc4;
    static final int REF_NULL = 0xd0;
    static final int REF_IS_NULL = 0xd1;
    static final int REF_FUNC = 0xd2;
    static final int MISC = 0xfc;

    // After MISC.
    static final int I64_TRUNC_SAT_F64_U = 7;
    static final int MEMORY_INIT = 8;
    static final int DATA_DROP = 9;
    static final int MEMORY_COPY = 10;
    static final int MEMORY_FILL = 11;
    static final int TABLE_INIT = 12;
    static final int ELEM_DROP = 13;
    static final int TABLE_COPY = 14;
    static final int TABLE_GROW = 15;
    static final int TABLE_SIZE = 16;
    static final int TABLE_FILL = 17;

    private Op() {}

    /** Throws with the sentence for an instruction that is not of WebAssembly 2.0, or not for units. */
    static IllegalArgumentException refused(int opcode) {
        return switch (opcode) {
            case 0x06, 0x07, 0x08, 0x09, 0x0a, 0x18, 0x19, 0x1f -> Refusal.wants("exceptions");
            case 0x12, 0x13 -> Refusal.wants("tail calls");
            case 0x14, 0x15, 0xd4, 0xd5, 0xd6 -> Refusal.wants("typed function references");
            case 0xd3, 0xfb -> Refusal.wants("garbage-collected types");
            case 0xfd -> Refusal.wants("SIMD");
            case 0xfe -> Refusal.wants("threads");
            default -> Refusal.damaged("unknown instruction 0x" + Integer.toHexString(opcode));
        };
    }
}
