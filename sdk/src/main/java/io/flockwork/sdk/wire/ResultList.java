package io.flockwork.sdk.wire;

import com.esotericsoftware.kryo.kryo5.io.Output;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.Span;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.Optional;

/**
 * The blob that lists a job's units with their results, in unit order. Written by the JobMaster, read by the submitter,
 * both entry by entry.
 *
 * <p>Layout: {@link #MAGIC} as 8 bytes, then for each entry its length as 4 bytes and that many bytes, then a length of 0,
 * then the number of entries as 8 bytes; big-endian throughout. The last byte of the magic is the version.
 */
public final class ResultList {
    /** The first 8 bytes: {@code FLKUNIT} and version 2. */
    static final long MAGIC = 0x464c4b554e495402L;

    /** Longest entry, bytes. */
    static final int MAX_ENTRY_BYTES = 1 << 20;

    static final int NO_BODY = 0;
    static final int INLINE = 1;
    static final int STORED = 2;

    private ResultList() {}

    /**
     * What became of one unit.
     *
     * @param inputName the input's file name, or empty
     * @param failure one line why it has no result, or empty
     * @param stderr what it wrote to standard error, bounded
     * @param body its result; absent when the unit failed
     * @param sequence its place in the order in which results became final; there are gaps, for the upper half is the master's epoch
     * @param verified others have confirmed the result, or might have; false when the unit failed
     */
    public record Entry(
            Span unit,
            String inputName,
            String failure,
            byte[] stderr,
            Optional<Body> body,
            long sequence,
            boolean verified) {}

    /** Where a result is. */
    public sealed interface Body {
        /** Here; meant for results of up to {@link WorkerMessage.Answer#MAX_INLINE} bytes. */
        record Inline(byte[] bytes) implements Body {}

        /** In a blob of its own. */
        record Stored(BlobId blob, long size) implements Body {}
    }

    /**
     * The entries, read as they are asked for. One thread at a time; closing {@code in} is the caller's.
     *
     * @return an iterator whose methods throw {@link WireException} on bytes that are no result list, and
     *     {@link java.io.UncheckedIOException}
     */
    public static Iterator<Entry> read(InputStream in) {
        return new ResultListReader(in);
    }

    /** Writes entries, in unit order. One thread at a time. */
    public static final class Writer implements Closeable {
        private final DataOutputStream out;
        private final Output entry = new Output(1 << 10, MAX_ENTRY_BYTES + (64 << 10));
        private long entries;

        /** Begins a list; {@code out} should be buffered. */
        public Writer(OutputStream out) throws IOException {
            this.out = new DataOutputStream(out);
            this.out.writeLong(MAGIC);
        }

        /** @throws IllegalArgumentException when the entry has more than about a MiB */
        public void add(Entry unit) throws IOException {
            requireRoom(unit);
            entry.reset();
            SpanSerializer.write(entry, unit.unit());
            entry.writeVarLong(unit.sequence(), true);
            entry.writeBoolean(unit.verified());
            entry.writeString(unit.inputName());
            entry.writeString(unit.failure());
            writeBytes(unit.stderr());
            write(unit.body());
            out.writeInt(entry.position());
            out.write(entry.getBuffer(), 0, entry.position());
            entries++;
        }

        private static void requireRoom(Entry unit) {
            long inline = unit.body().orElse(null) instanceof Body.Inline body ? body.bytes().length : 0;
            // A character takes at most three bytes.
            long most = 3L * unit.inputName().length() + 3L * unit.failure().length() + unit.stderr().length + inline;
            if (most > MAX_ENTRY_BYTES - 256) {
                throw new IllegalArgumentException("unit " + unit.unit() + " is too large for a list of results");
            }
        }

        private void write(Optional<Body> body) {
            if (body.isEmpty()) {
                entry.writeByte(NO_BODY);
            } else if (body.get() instanceof Body.Inline inline) {
                entry.writeByte(INLINE);
                writeBytes(inline.bytes());
            } else if (body.get() instanceof Body.Stored stored) {
                entry.writeByte(STORED);
                entry.writeBytes(stored.blob().digest());
                entry.writeVarLong(stored.size(), true);
            }
        }

        private void writeBytes(byte[] bytes) {
            entry.writeVarInt(bytes.length, true);
            entry.writeBytes(bytes);
        }

        /** Ends the list and closes what it was written to. A list that was not closed does not read to its end. */
        @Override
        public void close() throws IOException {
            out.writeInt(0);
            out.writeLong(entries);
            out.close();
        }
    }
}
