package io.flockwork.sdk.model;

import java.util.List;

/** How a job splits into units, declared rather than coded, so that no stranger's code runs in a JobMaster. */
public sealed interface Recipe {
    /** The blobs that the units' inputs are cut from. */
    default List<NamedBlob> inputs() {
        if (this instanceof Lines lines) {
            return List.of(lines.text());
        }
        if (this instanceof Chunks chunks) {
            return List.of(chunks.data());
        }
        if (this instanceof Each each) {
            return each.files();
        }
        return this instanceof Listed listed ? List.of(listed.data(), listed.lengths()) : List.of();
    }

    /** Largest input of one unit, bytes. */
    int MAX_UNIT_INPUT = 256 << 20;

    /** Most files of one {@link Each}. */
    int MAX_FILES = 100_000;

    /**
     * The integers {@code from} (inclusive) to {@code to} (exclusive).
     *
     * @param step integers per unit, or 0: each unit is carved to fit the worker that takes it
     */
    record Range(long from, long to, long step) implements Recipe {
        public Range {
            if (from > to || to - from < 0) {
                throw new IllegalArgumentException("range " + from + ".." + to + " runs backwards or is too long");
            }
            if (step < 0) {
                throw new IllegalArgumentException("a range's step is not negative");
            }
        }

        /** A range carved to fit each worker. */
        public Range(long from, long to) {
            this(from, to, 0);
        }
    }

    /** A unit for each line of {@code text}, its line feed included; the last line may lack one. */
    record Lines(NamedBlob text) implements Recipe {}

    /** Units of about {@code size} bytes of {@code data}, each ending just after a line feed where there is one. */
    record Chunks(NamedBlob data, int size) implements Recipe {
        public Chunks {
            if (size < 1 || size > MAX_UNIT_INPUT) {
                throw new IllegalArgumentException("a chunk has 1 to " + MAX_UNIT_INPUT + " bytes");
            }
        }
    }

    /** A unit for each file, in this order. */
    record Each(List<NamedBlob> files) implements Recipe {
        public Each {
            files = List.copyOf(files);
            if (files.size() > MAX_FILES) {
                throw new IllegalArgumentException("at most " + MAX_FILES + " files in a job");
            }
            for (NamedBlob file : files) {
                if (file.size() > MAX_UNIT_INPUT) {
                    throw new IllegalArgumentException(
                            "file " + file.name() + " is larger than a unit may be (" + MAX_UNIT_INPUT + " bytes)");
                }
            }
        }
    }

    /**
     * The units that the submitter lists: {@code data} holds each unit's bytes, one after the other.
     *
     * @param lengths a blob of one 4-byte big-endian length for each unit, in order
     */
    record Listed(NamedBlob data, NamedBlob lengths) implements Recipe {}

    /**
     * As the job type splits by its own parameters. What a submitter says who has no source to give; the core that takes the
     * job asks the job type and keeps its answer instead.
     */
    record Own() implements Recipe {}
}
