package io.flockwork.sdk.wasm;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes of a module in the making. */
final class ByteSink {
    private static final int FIRST_BUFFER = 64;

    private byte[] bytes = new byte[FIRST_BUFFER];
    private int size;

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    ByteSink u8(int... values) {
        reserve(values.length);
        for (int value : values) {
            bytes[size++] = (byte) value;
        }
        return this;
    }

    ByteSink u32(long value) {
        long left = value;
        for (; left > 0x7f; left >>>= 7) {
            u8((int) (left & 0x7f | 0x80));
        }
        return u8((int) left);
    }

    ByteSink s64(long value) {
        long left = value;
        for (; left < -0x40 || left > 0x3f; left >>= 7) {
            u8((int) (left & 0x7f | 0x80));
        }
        return u8((int) (left & 0x7f));
    }

    /** A little-endian number of so many bytes. */
    ByteSink fixed(long value, int length) {
        for (int i = 0; i < length; i++) {
            u8((int) (value >>> 8 * i));
        }
        return this;
    }

    ByteSink name(String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        return u32(text.length).bytes(text, 0, text.length);
    }

    ByteSink bytes(byte[] from, int start, int end) {
        reserve(end - start);
        System.arraycopy(from, start, bytes, size, end - start);
        size += end - start;
        return this;
    }

    ByteSink append(ByteSink other) {
        return bytes(other.bytes, 0, other.size);
    }

    /** The other's bytes with their length before them. */
    ByteSink sized(ByteSink other) {
        return u32(other.size).append(other);
    }

    /** Puts another byte where one is. */
    void replace(int at, int value) {
        bytes[at] = (byte) value;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    private void reserve(int more) {
        if (more > Metering.MOST_BYTES_METERED - size) {
            throw Refusal.because("the module is larger than " + (Metering.MOST_BYTES_METERED >> 20)
                    + " MiB once its work is counted");
        }
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
        }
    }
}
