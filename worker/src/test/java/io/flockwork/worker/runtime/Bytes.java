package io.flockwork.worker.runtime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Bytes of a module, as a test writes them down. */
final class Bytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    static Bytes of(int... bytes) {
        return new Bytes().op(bytes);
    }

    /** Bytes as they are: instructions and types. */
    Bytes op(int... bytes) {
        for (int b : bytes) {
            out.write(b);
        }
        return this;
    }

    /** A number in unsigned LEB128. */
    Bytes u(long value) {
        long left = value;
        for (; left >>> 7 != 0; left >>>= 7) {
            out.write((int) (left & 0x7f | 0x80));
        }
        return op((int) left);
    }

    /** A number in signed LEB128. */
    Bytes s(long value) {
        long left = value;
        for (; left < -0x40 || left > 0x3f; left >>= 7) {
            out.write((int) (left & 0x7f | 0x80));
        }
        return op((int) (left & 0x7f));
    }

    Bytes f32(int bits) {
        return fixed(bits, 4);
    }

    Bytes f64(long bits) {
        return fixed(bits, 8);
    }

    private Bytes fixed(long bits, int size) {
        for (int i = 0; i < size; i++) {
            out.write((int) (bits >>> 8 * i));
        }
        return this;
    }

    Bytes add(Bytes other) {
        out.writeBytes(other.out.toByteArray());
        return this;
    }

    /** The other's bytes with their length before them. */
    Bytes sized(Bytes other) {
        return u(other.size()).add(other);
    }

    Bytes name(String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        u(text.length);
        out.writeBytes(text);
        return this;
    }

    int size() {
        return out.size();
    }

    byte[] toBytes() {
        return out.toByteArray();
    }
}
