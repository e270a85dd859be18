package io.flockwork.sdk.wasm;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a module has of everything that instructions name by number. The rewriter adds to these, so whatever names more
 * than there was is refused: it would name what has been added.
 */
final class Shape {
    private static final int MOST_TYPES = 100_000;
    private static final int MOST_IMPORTS = 1_000;
    private static final int MOST_FUNCTIONS = 200_000;
    private static final int MOST_TABLES = 100;
    private static final int MOST_TABLE_ENTRIES = 1_000_000;
    private static final int MOST_GLOBALS = 100_000;
    private static final int MOST_EXPORTS = 100_000;
    private static final long MOST_PAGES = 1 << 16;

    private static final int HAS_MAXIMUM = 1;
    private static final int SHARED = 2;
    private static final int WIDE = 4;

    final List<Signature> types = new ArrayList<>();
    /** The type of each function, imported ones first. */
    final List<Signature> functions = new ArrayList<>();

    final List<Integer> typeIndexes = new ArrayList<>();
    final List<Exported> exports = new ArrayList<>();
    int importedFunctions;
    int tables;
    int memories;
    int globals;
    int importedGlobals;

    static Shape of(Map<Section, ByteSource> sections) {
        Shape shape = new Shape();
        shape.read(sections, Section.TYPE, shape::readTypes);
        shape.read(sections, Section.IMPORT, shape::readImports);
        shape.read(sections, Section.FUNCTION, shape::readFunctions);
        shape.read(sections, Section.TABLE, shape::readTables);
        shape.read(sections, Section.MEMORY, shape::readMemories);
        ByteSource globals = sections.get(Section.GLOBAL);
        if (globals != null) {
            shape.globals += globals.count(MOST_GLOBALS, "globals");
        }
        shape.read(sections, Section.EXPORT, shape::readExports);
        if (sections.containsKey(Section.START)) {
            throw Refusal.because("the module has a start section; a unit starts at _start and nowhere else");
        }
        return shape;
    }

    private interface Reader {
        void read(ByteSource source);
    }

    private void read(Map<Section, ByteSource> sections, Section section, Reader reader) {
        ByteSource source = sections.get(section);
        if (source != null) {
            reader.read(source);
            source.requireEnd("the section of " + section.name().toLowerCase(java.util.Locale.ROOT) + "s");
        }
    }

    private void readTypes(ByteSource source) {
        int count = source.count(MOST_TYPES, "types");
        for (int i = 0; i < count; i++) {
            types.add(Signature.read(source));
        }
    }

    private void readImports(ByteSource source) {
        int count = source.count(MOST_IMPORTS, "imports");
        for (int i = 0; i < count; i++) {
            source.name();
            source.name();
            readImport(source);
        }
        importedFunctions = functions.size();
        importedGlobals = globals;
    }

    private void readImport(ByteSource source) {
        int kind = source.u8();
        switch (kind) {
            case Exported.FUNCTION -> addFunction(source);
            case Exported.TABLE -> readTable(source);
            case Exported.MEMORY -> readMemory(source);
            case Exported.GLOBAL -> {
                ValueType.read(source);
                source.u8();
                globals++;
            }
            case Exported.TAG -> throw Refusal.wants("exceptions");
            default -> throw Refusal.damaged("an import of kind " + kind);
        }
    }

    private void readFunctions(ByteSource source) {
        int count = source.count(MOST_FUNCTIONS, "functions");
        for (int i = 0; i < count; i++) {
            addFunction(source);
        }
    }

    private void addFunction(ByteSource source) {
        int type = source.index(types.size(), "type");
        typeIndexes.add(type);
        functions.add(types.get(type));
    }

    private void readTables(ByteSource source) {
        int count = source.count(MOST_TABLES, "tables");
        for (int i = 0; i < count; i++) {
            readTable(source);
        }
    }

    private void readTable(ByteSource source) {
        ValueType.readReference(source);
        int flags = source.u8();
        if (flags > HAS_MAXIMUM) {
            throw Refusal.damaged("a table of kind " + flags);
        }
        long entries = source.u32();
        if (entries > MOST_TABLE_ENTRIES) {
            throw Refusal.because(
                    "the module has a table of " + entries + " entries; at most " + MOST_TABLE_ENTRIES + " will do");
        }
        if (flags == HAS_MAXIMUM) {
            source.u32();
        }
        tables++;
    }

    private void readMemories(ByteSource source) {
        int count = source.count(MOST_TABLES, "memories");
        for (int i = 0; i < count; i++) {
            readMemory(source);
        }
    }

    private void readMemory(ByteSource source) {
        int flags = source.u8();
        if ((flags & WIDE) != 0) {
            throw Refusal.wants("a memory of 64 bits");
        }
        if ((flags & SHARED) != 0) {
            throw Refusal.wants("threads");
        }
        if (flags > HAS_MAXIMUM) {
            throw Refusal.damaged("a memory of kind " + flags);
        }
        long pages = source.u32();
        long maximum = flags == HAS_MAXIMUM ? source.u32() : MOST_PAGES;
        if (pages > maximum || maximum > MOST_PAGES) {
            throw Refusal.damaged("a memory of " + pages + " to " + maximum + " pages");
        }
        memories++;
        if (memories > 1) {
            throw Refusal.moreMemories();
        }
    }

    private void readExports(ByteSource source) {
        int count = source.count(MOST_EXPORTS, "exports");
        Set<String> names = new HashSet<>();
        for (int i = 0; i < count; i++) {
            Exported export = readExport(source);
            if (export.name().startsWith(Metering.RESERVED)) {
                throw Refusal.because("the module exports '" + export.name() + "'; names with " + Metering.RESERVED
                        + " are reserved");
            }
            if (!names.add(export.name())) {
                throw Refusal.damaged("two exports have the same name");
            }
            exports.add(export);
        }
    }

    private Exported readExport(ByteSource source) {
        String name = source.name();
        int kind = source.u8();
        int bound =
                switch (kind) {
                    case Exported.FUNCTION -> functions.size();
                    case Exported.TABLE -> tables;
                    case Exported.MEMORY -> memories;
                    case Exported.GLOBAL -> globals;
                    case Exported.TAG -> throw Refusal.wants("exceptions");
                    default -> throw Refusal.damaged("an export of kind " + kind);
                };
        return new Exported(name, kind, source.index(bound, "such thing to export as"));
    }
}
