package io.flockwork.sdk.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Makes messages of the parts in which a WebSocket delivers them. One thread at a time. */
final class Reassembly {
    private byte[] bytes = new byte[0];
    private int size;

    /** Takes the next part; false, and nothing is kept, when the message would grow beyond {@link Message#MAX_BYTES}. */
    boolean add(ByteBuffer part) {
        int count = part.remaining();
        if (count > Message.MAX_BYTES - size) {
            return false;
        }
        if (count > bytes.length - size) {
            bytes = Arrays.copyOf(bytes, size == 0 ? count : Math.max(size + count, 2 * size));
        }
        part.get(bytes, size, count);
        size += count;
        return true;
    }

    /** The whole message; the next part begins another. */
    byte[] take() {
        byte[] message = size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
        bytes = new byte[0];
        size = 0;
        return message;
    }
}
