package io.flockwork.worker.runtime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Modules that no compiler would make: one page of memory, and a {@code _start} of the instructions given. */
final class TinyModule {
    private static final int UNREACHABLE = 0x00;
    private static final int IF = 0x04;
    private static final int END = 0x0b;
    private static final int DROP = 0x1a;
    private static final int LOCAL_GET = 0x20;
    private static final int LOCAL_SET = 0x21;
    private static final int I32_LOAD = 0x28;
    private static final int I32_CONST = 0x41;
    private static final int I32_NE = 0x47;
    private static final int I32_ADD = 0x6a;
    private static final int SIMD = 0xfd;
    private static final int I32X4_SPLAT = 0x11;
    private static final int NO_RESULT = 0x40;

    private TinyModule() {}

    /** Adds one so many times in a row, and traps unless that is the sum. */
    static byte[] countingTo(int count) {
        ByteArrayOutputStream code = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            append(code, LOCAL_GET, 0, I32_CONST, 1, I32_ADD, LOCAL_SET, 0);
        }
        append(code, LOCAL_GET, 0, I32_CONST);
        appendSigned(code, count);
        append(code, I32_NE, IF, NO_RESULT, UNREACHABLE, END);
        return module(code.toByteArray());
    }

    /** Uses SIMD: puts four zeros on the stack, and drops them. */
    static byte[] withVectors() {
        ByteArrayOutputStream code = new ByteArrayOutputStream();
        append(code, I32_CONST, 0, SIMD, I32X4_SPLAT, DROP);
        return module(code.toByteArray());
    }

    /** Loads from address 8 and that offset. */
    static byte[] loadingAt(long offset) {
        ByteArrayOutputStream code = new ByteArrayOutputStream();
        append(code, I32_CONST, 8, I32_LOAD, 2);
        appendUnsigned(code, offset);
        append(code, DROP);
        return module(code.toByteArray());
    }

    private static byte[] module(byte[] code) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        append(body, 1, 1, 0x7f);
        body.writeBytes(code);
        append(body, END);
        ByteArrayOutputStream bodies = new ByteArrayOutputStream();
        append(bodies, 1);
        appendUnsigned(bodies, body.size());
        bodies.writeBytes(body.toByteArray());
        ByteArrayOutputStream module = new ByteArrayOutputStream();
        append(module, 0, 'a', 's', 'm', 1, 0, 0, 0);
        append(module, 1, 4, 1, 0x60, 0, 0);
        append(module, 3, 2, 1, 0);
        append(module, 5, 3, 1, 0, 1);
        append(module, 7, 10, 1, 6);
        module.writeBytes("_start".getBytes(StandardCharsets.US_ASCII));
        append(module, 0, 0);
        append(module, 10);
        appendUnsigned(module, bodies.size());
        module.writeBytes(bodies.toByteArray());
        return module.toByteArray();
    }

    private static void append(ByteArrayOutputStream out, int... bytes) {
        for (int b : bytes) {
            out.write(b);
        }
    }

    private static void appendUnsigned(ByteArrayOutputStream out, long value) {
        long left = value;
        for (; left > 0x7f; left >>>= 7) {
            out.write((int) (left & 0x7f | 0x80));
        }
        out.write((int) left);
    }

    private static void appendSigned(ByteArrayOutputStream out, int value) {
        int left = value;
        for (; left > 0x3f; left >>= 7) {
            out.write(left & 0x7f | 0x80);
        }
        out.write(left);
    }
}
