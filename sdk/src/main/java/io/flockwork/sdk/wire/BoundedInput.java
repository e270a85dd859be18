package io.flockwork.sdk.wire;

import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.io.Input;

/** An input that never allocates for a length that its own bytes could not fill: lengths come from strangers. */
public final class BoundedInput extends Input {
    public BoundedInput(byte[] bytes) {
        super(bytes);
    }

    /** Reads the length of something whose elements take at least {@code bytesEach} bytes. */
    public int readLength(int bytesEach) {
        int length = readVarInt(true);
        requireRoom(length, bytesEach);
        return length;
    }

    @Override
    public byte[] readBytes(int length) {
        requireRoom(length, 1);
        return super.readBytes(length);
    }

    @Override
    public int readVarIntFlag(boolean optimizePositive) {
        int value = super.readVarIntFlag(optimizePositive);
        // Only strings are read this way: the value is a character count plus one.
        requireRoom(Math.max(0, value - 1), 1);
        return value;
    }

    /** Kryo's texts may be null; ours are not, and no reader asks. */
    @Override
    public String readString() {
        String text;
        try {
            text = super.readString();
        } catch (IndexOutOfBoundsException damaged) {
            throw new KryoException("a damaged text", damaged);
        }
        if (text == null) {
            throw new KryoException("a text is missing");
        }
        return text;
    }

    private void requireRoom(int count, int bytesEach) {
        if (count < 0 || (long) count * bytesEach > limit - position) {
            throw new KryoException("a length of " + count + " with " + (limit - position) + " bytes left");
        }
    }
}
