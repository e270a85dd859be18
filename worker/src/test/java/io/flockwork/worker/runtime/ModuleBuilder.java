package io.flockwork.worker.runtime;

import java.util.ArrayList;
import java.util.List;

/** A module as a test puts it together. Types of values are letters: i32, i64, f32 and f64 are i, l, f and d. */
final class ModuleBuilder {
    static final int I32 = 0x7f;
    static final int I64 = 0x7e;
    static final int F32 = 0x7d;
    static final int F64 = 0x7c;

    private final List<String> types = new ArrayList<>();
    private final List<Bytes> imports = new ArrayList<>();
    private final List<Bytes> functions = new ArrayList<>();
    private final List<Bytes> tables = new ArrayList<>();
    private final List<Bytes> memories = new ArrayList<>();
    private final List<Bytes> globals = new ArrayList<>();
    private final List<Bytes> exports = new ArrayList<>();
    private final List<Bytes> elements = new ArrayList<>();
    private final List<Bytes> bodies = new ArrayList<>();
    private final List<Bytes> data = new ArrayList<>();

    static int typeByte(char letter) {
        return switch (letter) {
            case 'i' -> I32;
            case 'l' -> I64;
            case 'f' -> F32;
            case 'd' -> F64;
            case 'r' -> 0x70;
            default -> throw new IllegalArgumentException("no type " + letter);
        };
    }

    /** The number of a function type. */
    int type(String parameters, String results) {
        String type = parameters + ">" + results;
        if (!types.contains(type)) {
            types.add(type);
        }
        return types.indexOf(type);
    }

    /** Imports come before all functions. */
    int importFunction(String module, String name, int type) {
        imports.add(new Bytes().name(module).name(name).op(0).u(type));
        return imports.size() - 1;
    }

    /** Adds a function; its code ends without {@code end}. */
    int function(int type, String locals, Bytes code) {
        functions.add(new Bytes().u(type));
        Bytes body = new Bytes().u(locals.length());
        for (char local : locals.toCharArray()) {
            body.u(1).op(typeByte(local));
        }
        bodies.add(body.add(code).op(0x0b));
        return imports.size() + functions.size() - 1;
    }

    void table(int least, int most) {
        tables.add(Bytes.of(0x70, 1).u(least).u(most));
    }

    void memory(int least, int most) {
        memories.add(Bytes.of(1).u(least).u(most));
    }

    int global(char type, Bytes value) {
        globals.add(Bytes.of(typeByte(type), 1).add(value).op(0x0b));
        return globals.size() - 1;
    }

    void export(String name, int kind, int index) {
        exports.add(new Bytes().name(name).op(kind).u(index));
    }

    void element(Bytes segment) {
        elements.add(segment);
    }

    void data(Bytes segment) {
        data.add(segment);
    }

    byte[] build() {
        Bytes module = Bytes.of(0, 'a', 's', 'm', 1, 0, 0, 0);
        section(module, 1, types.stream().map(ModuleBuilder::typeBytes).toList());
        section(module, 2, imports);
        section(module, 3, functions);
        section(module, 4, tables);
        section(module, 5, memories);
        section(module, 6, globals);
        section(module, 7, exports);
        section(module, 9, elements);
        if (!data.isEmpty()) {
            module.op(12).sized(new Bytes().u(data.size()));
        }
        section(module, 10, bodies.stream().map(body -> new Bytes().sized(body)).toList());
        section(module, 11, data);
        return module.toBytes();
    }

    private static Bytes typeBytes(String type) {
        Bytes bytes = Bytes.of(0x60);
        for (String side : type.split(">", -1)) {
            bytes.u(side.length());
            side.chars().forEach(letter -> bytes.op(typeByte((char) letter)));
        }
        return bytes;
    }

    private static void section(Bytes module, int id, List<Bytes> parts) {
        if (!parts.isEmpty()) {
            Bytes body = new Bytes().u(parts.size());
            parts.forEach(body::add);
            module.op(id).sized(body);
        }
    }
}
