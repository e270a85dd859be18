package io.flockwork.sdk.wasm;

/** Copies constant expressions: the first values of globals, and where segments go. */
final class Constants {
    private final Shape shape;
    private final Layout layout;

    Constants(Shape shape, Layout layout) {
        this.shape = shape;
        this.layout = layout;
    }

    void copy(ByteSource source, ByteSink sink) {
        while (true) {
            int from = source.position();
            int op = source.u8();
            switch (op) {
                case Op.END -> {
                    sink.u8(op);
                    return;
                }
                case Op.REF_FUNC -> {
                    sink.u8(op).u32(layout.target(source.index(shape.functions.size(), "function")));
                    continue;
                }
                case Op.I32_CONST -> source.s33();
                case Op.I64_CONST -> source.s64();
                case Op.F32_CONST -> source.skip(Float.BYTES);
                case Op.F64_CONST -> source.skip(Double.BYTES);
                case Op.GLOBAL_GET -> source.index(shape.importedGlobals, "global that a constant may use");
                case Op.REF_NULL -> ValueType.readReference(source);
                default -> throw unknown(op);
            }
            source.copyTo(sink, from);
        }
    }

    private static IllegalArgumentException unknown(int op) {
        return op >= 0xfb
                ? Op.refused(op)
                : Refusal.damaged("instruction 0x" + Integer.toHexString(op) + " in a constant");
    }
}
