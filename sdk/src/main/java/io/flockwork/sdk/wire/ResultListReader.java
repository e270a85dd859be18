package io.flockwork.sdk.wire;

import com.esotericsoftware.kryo.kryo5.KryoException;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.wire.ResultList.Body;
import io.flockwork.sdk.wire.ResultList.Entry;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The entries of a result list; at most one of them in memory. */
final class ResultListReader implements Iterator<Entry> {
    private final DataInputStream in;
    private boolean begun;
    private boolean ended;
    private long entries;
    private Entry next;

    ResultListReader(InputStream in) {
        this.in = new DataInputStream(in);
    }

    @Override
    public boolean hasNext() {
        if (next == null && !ended) {
            advance();
        }
        return next != null;
    }

    @Override
    public Entry next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Entry entry = next;
        next = null;
        return entry;
    }

    private void advance() {
        try {
            begin();
            int length = in.readInt();
            if (length == 0) {
                end();
            } else {
                next = parse(bytes(length));
                entries++;
            }
        } catch (EOFException cut) {
            throw new WireException("a list of results that ends too early", cut);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void begin() throws IOException {
        if (!begun && in.readLong() != ResultList.MAGIC) {
            throw new WireException("not a list of results of this version", null);
        }
        begun = true;
    }

    private void end() throws IOException {
        if (in.readLong() != entries) {
            throw new WireException("a list of results that lacks some", null);
        }
        ended = true;
    }

    private byte[] bytes(int length) throws IOException {
        if (length < 0 || length > ResultList.MAX_ENTRY_BYTES) {
            throw new WireException("an entry of " + length + " bytes in a list of results", null);
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }

    private static Entry parse(byte[] bytes) {
        try (BoundedInput input = new BoundedInput(bytes)) {
            Span unit = SpanSerializer.read(input);
            long sequence = input.readVarLong(true);
            boolean verified = input.readBoolean();
            String inputName = input.readString();
            String failure = input.readString();
            byte[] stderr = input.readBytes(input.readLength(1));
            Entry entry = new Entry(unit, inputName, failure, stderr, body(input), sequence, verified);
            if (input.position() == bytes.length) {
                return entry;
            }
        } catch (KryoException | IllegalArgumentException malformed) {
            throw new WireException("not an entry of a list of results", malformed);
        }
        throw new WireException("not an entry of a list of results", null);
    }

    private static Optional<Body> body(BoundedInput input) {
        return switch (input.readByte()) {
            case ResultList.NO_BODY -> Optional.empty();
            case ResultList.INLINE -> Optional.of(new Body.Inline(input.readBytes(input.readLength(1))));
            case ResultList.STORED -> {
                BlobId blob = BlobId.of(input.readBytes(BlobId.BYTES));
                long size = input.readVarLong(true);
                if (size < 0) {
                    throw new KryoException("a negative size");
                }
                yield Optional.of(new Body.Stored(blob, size));
            }
            default -> throw new KryoException("not a body");
        };
    }
}
