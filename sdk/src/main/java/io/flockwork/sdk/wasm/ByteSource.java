package io.flockwork.sdk.wasm;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** A part of a module, read from its start on. Never reads beyond its end, whatever the bytes say. */
final class ByteSource {
    private static final int MOST_BYTES_OF_32 = 5;
    private static final int MOST_BYTES_OF_64 = 10;

    private final byte[] bytes;
    private final int start;
    private final int end;
    private int position;

    ByteSource(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private ByteSource(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.start = from;
        this.position = from;
        this.end = end;
    }

    int position() {
        return position;
    }

    int left() {
        return end - position;
    }

    boolean isEmpty() {
        return position == end;
    }

    int u8() {
        if (isEmpty()) {
            throw Refusal.damaged("it ends too early");
        }
        return bytes[position++] & 0xff;
    }

    /** An unsigned number of 32 bits in LEB128. */
    long u32() {
        long value = 0;
        for (int i = 0; i < MOST_BYTES_OF_32; i++) {
            int next = u8();
            value |= (long) (next & 0x7f) << 7 * i;
            if (next < 0x80) {
                if (value > 0xffff_ffffL) {
                    break;
                }
                return value;
            }
        }
        throw Refusal.damaged("a number is too large");
    }

    /** A signed number of 32 or 33 bits in LEB128. */
    long s33() {
        return signed(MOST_BYTES_OF_32);
    }

    /** A signed number of 64 bits in LEB128. */
    long s64() {
        return signed(MOST_BYTES_OF_64);
    }

    private long signed(int mostBytes) {
        long value = 0;
        for (int i = 0; i < mostBytes; i++) {
            int next = u8();
            value |= (long) (next & 0x7f) << 7 * i;
            if (next < 0x80) {
                int shift = Math.max(0, Long.SIZE - 7 * (i + 1));
                return value << shift >> shift;
            }
        }
        throw Refusal.damaged("a number is too large");
    }

    /** A number below {@code bound}: the index of something that the module has {@code bound} of. */
    int index(int bound, String what) {
        long index = u32();
        if (index >= bound) {
            throw Refusal.damaged("there is no " + what + " " + index);
        }
        return (int) index;
    }

    /** How many of something follow, of which each takes a byte at least. */
    int count(int most, String what) {
        long count = u32();
        if (count > most) {
            throw Refusal.because("the module has " + count + " " + what + "; at most " + most + " will do");
        }
        if (count > left()) {
            throw Refusal.damaged("it ends too early");
        }
        return (int) count;
    }

    String name() {
        ByteSource part = part(u32());
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, part.position, part.left()))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw Refusal.damaged("a name is no text");
        }
    }

    /** The next bytes, as a source of their own. */
    ByteSource part(long length) {
        if (length > left()) {
            throw Refusal.damaged("it ends too early");
        }
        ByteSource part = new ByteSource(bytes, position, position + (int) length);
        position += (int) length;
        return part;
    }

    void skip(long length) {
        part(length);
    }

    /** What was read since {@code from}, as it stands there. */
    void copyTo(ByteSink sink, int from) {
        sink.bytes(bytes, from, position);
    }

    /** The same bytes from their start. */
    ByteSource whole() {
        return new ByteSource(bytes, start, end);
    }

    /** All that is left. */
    void drainTo(ByteSink sink) {
        sink.bytes(bytes, position, end);
        position = end;
    }

    /** A little-endian number of so many bytes. */
    long fixed(int size) {
        long value = 0;
        for (int i = 0; i < size; i++) {
            value |= (long) u8() << 8 * i;
        }
        return value;
    }

    void requireEnd(String what) {
        if (!isEmpty()) {
            throw Refusal.damaged(what + " has bytes left over");
        }
    }
}
