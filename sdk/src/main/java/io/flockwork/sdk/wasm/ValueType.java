package io.flockwork.sdk.wasm;

/** The types of values, by their bytes. */
final class ValueType {
    static final int I32 = 0x7f;
    static final int I64 = 0x7e;
    static final int F32 = 0x7d;
    static final int F64 = 0x7c;
    static final int FUNCREF = 0x70;
    static final int EXTERNREF = 0x6f;
    static final int NONE = 0x40;

    private ValueType() {}

    static int read(ByteSource source) {
        return require(source.u8());
    }

    static int require(int type) {
        return switch (type) {
            case I32, I64, F32, F64, FUNCREF, EXTERNREF -> type;
            case 0x7b -> throw Refusal.wants("SIMD");
            case 0x69, 0x74 -> throw Refusal.wants("exceptions");
            case 0x63, 0x64 -> throw Refusal.wants("typed function references");
            case 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x71, 0x72, 0x73 -> throw Refusal.wants("garbage-collected types");
            default -> throw Refusal.damaged("unknown type 0x" + Integer.toHexString(type));
        };
    }

    static int readReference(ByteSource source) {
        int type = read(source);
        if (type != FUNCREF && type != EXTERNREF) {
            throw Refusal.damaged("a reference of type 0x" + Integer.toHexString(type));
        }
        return type;
    }

    static boolean isFloat(int type) {
        return type == F32 || type == F64;
    }
}
