package io.flockwork.sdk.wasm;

import java.util.EnumMap;
import java.util.Map;

/** The sections of a module that say how it runs, in the order in which they stand there. */
enum Section {
    TYPE(1),
    IMPORT(2),
    FUNCTION(3),
    TABLE(4),
    MEMORY(5),
    GLOBAL(6),
    EXPORT(7),
    START(8),
    ELEMENT(9),
    DATA_COUNT(12),
    CODE(10),
    DATA(11);

    private static final long MAGIC = 0x6d736100;
    private static final long VERSION = 1;
    private static final int CUSTOM = 0;
    private static final int TAGS = 13;

    final int id;

    Section(int id) {
        this.id = id;
    }

    /**
     * Takes a module apart. Custom sections, which say nothing of how a module runs, are left out.
     *
     * @throws IllegalArgumentException with one sentence when it is none, or of a later WebAssembly
     */
    static Map<Section, ByteSource> split(byte[] module) {
        ByteSource source = new ByteSource(module);
        if (source.left() < Integer.BYTES || source.fixed(Integer.BYTES) != MAGIC) {
            throw Refusal.because("this is not a WebAssembly module");
        }
        if (source.left() < Integer.BYTES || source.fixed(Integer.BYTES) != VERSION) {
            throw Refusal.because(
                    "the module is of a WebAssembly version that units do not have; it is no core module");
        }
        Map<Section, ByteSource> sections = new EnumMap<>(Section.class);
        int last = -1;
        while (!source.isEmpty()) {
            int id = source.u8();
            ByteSource body = source.part(source.u32());
            if (id == CUSTOM) {
                body.name();
                continue;
            }
            Section section = of(id);
            if (section.ordinal() <= last) {
                throw Refusal.damaged("its sections are out of order");
            }
            last = section.ordinal();
            sections.put(section, body);
        }
        return sections;
    }

    private static Section of(int id) {
        if (id == TAGS) {
            throw Refusal.wants("exceptions");
        }
        for (Section section : values()) {
            if (section.id == id) {
                return section;
            }
        }
        throw Refusal.damaged("it has a section of kind " + id);
    }
}
