package io.flockwork.sdk.wasm;

/** One export. */
record Exported(String name, int kind, int index) {
    static final int FUNCTION = 0;
    static final int TABLE = 1;
    static final int MEMORY = 2;
    static final int GLOBAL = 3;
    static final int TAG = 4;

    void write(ByteSink sink) {
        sink.name(name).u8(kind).u32(index);
    }
}
