package io.flockwork.sdk.wasm;

import java.util.Map;

/**
 * Rewrites a WebAssembly module so that it counts its own work, and so that it gives the same results on every machine. The
 * same module becomes the same bytes wherever it is rewritten.
 *
 * <p>Work is counted in units of fuel, one for each instruction (see {@link Costs} for what costs more). What is left stands
 * in a global, exported as {@link #FUEL}, which whoever runs the module sets before it starts. A module that has used more
 * traps, and leaves less than nothing there; it looks at every loop and call, so a run is within its fuel exactly when the
 * global is not negative at its end. What is counted after a trap is what the module had written down by then.
 *
 * <p>The sign and payload of a NaN that was computed are left to the engine, and engines differ. Wherever they could be seen
 * (stores of floats, reinterpretation, copysign, what goes to the host) the module now has the canonical NaN instead. What was
 * loaded only to be stored, and what bulk instructions move, keeps its bits.
 *
 * @see <a href="https://www.w3.org/TR/wasm-core-2/">WebAssembly 2.0</a>
 */
public final class Metering {
    /** The export that says how much fuel is left: a mutable global of type i64. */
    public static final String FUEL = "flockwork.fuel";

    /** Size of the largest module. */
    public static final int MOST_BYTES = 64 << 20;

    static final String RESERVED = "flockwork.";
    static final int MOST_BYTES_METERED = 192 << 20;
    private static final int MOST_SEGMENTS = 100_000;
    private static final int MUTABLE = 1;

    private final Map<Section, ByteSource> sections;
    private final Shape shape;
    private final Layout layout;
    private final Constants constants;
    private final ByteSink out = new ByteSink();

    private Metering(byte[] module) {
        sections = Section.split(module);
        shape = Shape.of(sections);
        layout = new Layout(shape);
        constants = new Constants(shape, layout);
    }

    /**
     * The module with its work counted.
     *
     * @throws IllegalArgumentException with one sentence when it is no module, or wants what units do not have
     */
    public static byte[] rewrite(byte[] module) {
        if (module.length > MOST_BYTES) {
            throw Refusal.because("the module is larger than " + (MOST_BYTES >> 20) + " MiB");
        }
        return new Metering(module).rewrite();
    }

    /** What it costs to move so many bytes in or out of a module, beyond the price of the call. */
    public static long costOfBytes(long bytes) {
        return bytes >> Costs.BYTES_SHIFT;
    }

    private byte[] rewrite() {
        ByteSink code = code();
        out.u8(0, 'a', 's', 'm', 1, 0, 0, 0);
        write(Section.TYPE, types());
        keep(Section.IMPORT);
        write(Section.FUNCTION, functions());
        keep(Section.TABLE);
        keep(Section.MEMORY);
        write(Section.GLOBAL, globals());
        write(Section.EXPORT, exports());
        write(Section.ELEMENT, elements());
        keep(Section.DATA_COUNT);
        write(Section.CODE, code);
        write(Section.DATA, data());
        return out.toBytes();
    }

    private void write(Section section, ByteSink body) {
        if (body.size() > 1) {
            out.u8(section.id).sized(body);
        }
    }

    private void keep(Section section) {
        ByteSource source = sections.get(section);
        if (source != null) {
            ByteSink body = new ByteSink();
            source.whole().drainTo(body);
            out.u8(section.id).sized(body);
        }
    }

    private ByteSink types() {
        ByteSink body = new ByteSink().u32(layout.types().size());
        layout.types().forEach(type -> type.write(body));
        return body;
    }

    private ByteSink functions() {
        int own = shape.functions.size() - shape.importedFunctions;
        ByteSink body = new ByteSink()
                .u32(own + shape.importedFunctions + layout.guarded().size());
        for (int function = shape.importedFunctions; function < shape.functions.size(); function++) {
            body.u32(shape.typeIndexes.get(function));
        }
        for (int function = 0; function < shape.importedFunctions; function++) {
            body.u32(shape.typeIndexes.get(function));
        }
        layout.guarded().forEach(function -> body.u32(shape.typeIndexes.get(function)));
        return body;
    }

    private ByteSink globals() {
        ByteSink body = new ByteSink().u32(shape.globals - shape.importedGlobals + 1);
        ByteSource source = sections.get(Section.GLOBAL);
        for (int i = shape.importedGlobals; i < shape.globals; i++) {
            body.u8(ValueType.read(source));
            body.u8(source.u8());
            constants.copy(source, body);
        }
        if (source != null) {
            source.requireEnd("the section of globals");
        }
        return body.u8(ValueType.I64, MUTABLE, Op.I64_CONST, 0, Op.END);
    }

    private ByteSink exports() {
        ByteSink body = new ByteSink().u32(shape.exports.size() + 1);
        for (Exported export : shape.exports) {
            int index = export.kind() == Exported.FUNCTION ? layout.exported(export.index()) : export.index();
            new Exported(export.name(), export.kind(), index).write(body);
        }
        new Exported(FUEL, Exported.GLOBAL, layout.fuel()).write(body);
        return body;
    }

    private ByteSink elements() {
        ByteSource source = sections.get(Section.ELEMENT);
        int own = source == null ? 0 : source.count(Elements.MOST, "element segments");
        boolean more = !layout.guarded().isEmpty();
        ByteSink body = new ByteSink().u32(own + (more ? 1 : 0));
        Elements elements = new Elements(shape, layout, constants);
        for (int i = 0; i < own; i++) {
            elements.copy(source, body);
        }
        if (source != null) {
            source.requireEnd("the section of elements");
        }
        if (more) {
            Elements.declare(layout.guarded(), body);
        }
        return body;
    }

    private ByteSink code() {
        ByteSource source = sections.get(Section.CODE);
        int own = shape.functions.size() - shape.importedFunctions;
        int count = source == null ? 0 : source.count(own, "bodies");
        if (count != own) {
            throw Refusal.damaged("it has " + own + " functions and " + count + " bodies");
        }
        ByteSink body = new ByteSink()
                .u32(own + shape.importedFunctions + layout.guarded().size());
        for (int function = shape.importedFunctions; function < shape.functions.size(); function++) {
            body.sized(new FunctionRewriter(shape, layout, function, source.part(source.u32())).rewrite());
        }
        if (source != null) {
            source.requireEnd("the section of code");
        }
        Wrapper wrapper = new Wrapper(layout);
        for (int function = 0; function < shape.importedFunctions; function++) {
            body.sized(wrapper.gate(function, shape.functions.get(function)));
        }
        layout.guarded().forEach(function -> body.sized(wrapper.guard(function, shape.functions.get(function))));
        return body;
    }

    private ByteSink data() {
        ByteSource source = sections.get(Section.DATA);
        int count = source == null ? 0 : source.count(MOST_SEGMENTS, "data segments");
        ByteSink body = new ByteSink().u32(count);
        for (int i = 0; i < count; i++) {
            int form = source.index(3, "data segment of kind");
            body.u32(form);
            if (form == 2) {
                body.u32(source.index(shape.memories, "memory"));
            }
            if (form != 1) {
                constants.copy(source, body);
            }
            int from = source.position();
            source.skip(source.u32());
            source.copyTo(body, from);
        }
        if (source != null) {
            source.requireEnd("the section of data");
        }
        return body;
    }
}
