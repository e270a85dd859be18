package io.flockwork.sdk.wasm;

import java.util.ArrayList;
import java.util.List;

/** A function's type: the types of its values, by their bytes. */
record Signature(List<Integer> parameters, List<Integer> results) {
    private static final int FUNCTION = 0x60;
    private static final int MOST_VALUES = 1000;

    static Signature read(ByteSource source) {
        int form = source.u8();
        return switch (form) {
            case FUNCTION -> new Signature(readTypes(source), readTypes(source));
            case 0x4e, 0x4f, 0x50, 0x5e, 0x5f -> throw Refusal.wants("garbage-collected types");
            default -> throw Refusal.damaged("a type of form 0x" + Integer.toHexString(form));
        };
    }

    private static List<Integer> readTypes(ByteSource source) {
        int count = source.count(MOST_VALUES, "parameters or results in one type");
        List<Integer> types = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            types.add(ValueType.read(source));
        }
        return List.copyOf(types);
    }

    void write(ByteSink sink) {
        sink.u8(FUNCTION).u32(parameters.size());
        parameters.forEach(sink::u8);
        sink.u32(results.size());
        results.forEach(sink::u8);
    }

    boolean givesFloats() {
        return results.stream().anyMatch(ValueType::isFloat);
    }
}
