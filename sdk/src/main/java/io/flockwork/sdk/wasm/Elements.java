package io.flockwork.sdk.wasm;

import java.util.List;

/** Copies the segments that fill tables, whose functions get their gates. */
final class Elements {
    static final int MOST = 100_000;
    private static final int MOST_ENTRIES = 1_000_000;
    private static final int LAST_FORM = 7;
    private static final int NOT_ACTIVE = 1;
    private static final int WITH_TABLE = 2;
    private static final int EXPRESSIONS = 4;
    private static final int DECLARATIVE = 3;
    private static final int FUNCTIONS = 0;

    private final Shape shape;
    private final Layout layout;
    private final Constants constants;

    Elements(Shape shape, Layout layout, Constants constants) {
        this.shape = shape;
        this.layout = layout;
        this.constants = constants;
    }

    void copy(ByteSource source, ByteSink sink) {
        int form = source.index(LAST_FORM + 1, "element segment of kind");
        sink.u32(form);
        if ((form & NOT_ACTIVE) == 0) {
            if ((form & WITH_TABLE) != 0) {
                sink.u32(source.index(shape.tables, "table"));
            }
            constants.copy(source, sink);
        }
        boolean expressions = (form & EXPRESSIONS) != 0;
        if ((form & (NOT_ACTIVE | WITH_TABLE)) != 0) {
            sink.u8(expressions ? ValueType.readReference(source) : readKind(source));
        }
        int count = source.count(MOST_ENTRIES, "entries in one element segment");
        sink.u32(count);
        for (int i = 0; i < count; i++) {
            if (expressions) {
                constants.copy(source, sink);
            } else {
                sink.u32(layout.target(source.index(shape.functions.size(), "function")));
            }
        }
    }

    private static int readKind(ByteSource source) {
        if (source.u8() != FUNCTIONS) {
            throw Refusal.damaged("an element segment of an unknown kind");
        }
        return FUNCTIONS;
    }

    /** Instructions may name only functions that a module names elsewhere too: these are no longer exported themselves. */
    static void declare(List<Integer> functions, ByteSink sink) {
        sink.u32(DECLARATIVE).u8(FUNCTIONS).u32(functions.size());
        functions.forEach(sink::u32);
    }
}
