package io.flockwork.sdk.wasm;

import java.util.EnumMap;
import java.util.Map;

/** The locals of one function, with those that the rewriter adds behind them. */
final class Locals {
    /** What the rewriter keeps in a local of its own. */
    enum Added {
        FUEL(ValueType.I64),
        SIZE(ValueType.I32),
        GROWN(ValueType.I32),
        LONG(ValueType.I64),
        FLOAT(ValueType.F32),
        DOUBLE(ValueType.F64);

        private final int type;

        Added(int type) {
            this.type = type;
        }
    }

    /** As many as V8 takes. */
    private static final int MOST_LOCALS = 50_000;

    private final ByteSink groups = new ByteSink();
    private final Map<Added, Integer> added = new EnumMap<>(Added.class);
    private int groupCount;
    private int own;

    /** A function of the rewriter's own that has no locals but its parameters yet. */
    Locals(int parameters) {
        own = parameters;
    }

    static Locals read(ByteSource body, int parameters) {
        Locals locals = new Locals(parameters);
        int groups = body.count(MOST_LOCALS, "groups of locals in one function");
        for (int i = 0; i < groups; i++) {
            locals.add(body.u32(), ValueType.read(body));
        }
        return locals;
    }

    /** Adds locals of the function's own. */
    void add(long count, int type) {
        if (count > MOST_LOCALS - own) {
            throw Refusal.because("the module has a function of more than " + MOST_LOCALS + " locals");
        }
        own += (int) count;
        group(count, type);
    }

    private void group(long count, int type) {
        groups.u32(count).u8(type);
        groupCount++;
    }

    /** How many locals the function knows of. */
    int own() {
        return own;
    }

    /** The number of a local that the rewriter adds. */
    int of(Added role) {
        Integer known = added.get(role);
        if (known == null) {
            known = own + added.size();
            added.put(role, known);
            group(1, role.type);
        }
        return known;
    }

    void write(ByteSink sink) {
        sink.u32(groupCount).append(groups);
    }
}
