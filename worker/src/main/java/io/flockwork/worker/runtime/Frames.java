package io.flockwork.worker.runtime;

import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Frames on the pipes between a worker and its runner: four bytes of length, big-endian, then that many bytes. */
final class Frames {
    /** Longest frame: the largest unit input or result there may be, and what goes with it. */
    static final int LONGEST = 320 << 20;

    private Frames() {}

    /** A buffer for the body of one frame. */
    static Output body(int expectedBytes) {
        return new Output(expectedBytes, LONGEST);
    }

    static void write(OutputStream pipe, Output body) throws IOException {
        int length = body.position();
        pipe.write(new byte[] {(byte) (length >>> 24), (byte) (length >>> 16), (byte) (length >>> 8), (byte) length});
        pipe.write(body.getBuffer(), 0, length);
    }

    /**
     * Reads the next frame.
     *
     * @throws EOFException when the other side has closed the pipe
     */
    static Input read(DataInputStream pipe) throws IOException {
        int length = pipe.readInt();
        if (length < 1 || length > LONGEST) {
            throw new IOException("a frame of " + length + " bytes");
        }
        byte[] body = pipe.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("a frame ends early");
        }
        return new Input(body);
    }

    static void writeBytes(Output out, byte[] bytes) {
        out.writeVarInt(bytes.length, true);
        out.writeBytes(bytes);
    }

    static byte[] readBytes(Input in) throws IOException {
        int length = in.readVarInt(true);
        if (length < 0 || length > in.limit() - in.position()) {
            throw new IOException("a frame holds less than it says");
        }
        return in.readBytes(length);
    }

    static void writeText(Output out, String text) {
        writeBytes(out, text.getBytes(StandardCharsets.UTF_8));
    }

    static String readText(Input in) throws IOException {
        return new String(readBytes(in), StandardCharsets.UTF_8);
    }
}
