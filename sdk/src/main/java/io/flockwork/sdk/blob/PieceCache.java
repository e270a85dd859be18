package io.flockwork.sdk.blob;

import io.flockwork.sdk.model.BlobId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The pieces read last, already verified, so that a thousand slices of one piece cost one read and one hash. Bounded in
 * bytes; safe for many threads.
 */
final class PieceCache {
    /** What an entry costs beside its bytes, roughly. */
    private static final int ENTRY_BYTES = 256;

    private final long capacity;
    private final Map<BlobId, byte[]> pieces = new LinkedHashMap<>(16, 0.75f, true);
    private long held;

    PieceCache(long capacity) {
        this.capacity = capacity;
    }

    /** The bytes, or null. Shared: nobody may change them. */
    synchronized byte[] get(BlobId piece) {
        return pieces.get(piece);
    }

    synchronized void remove(BlobId piece) {
        byte[] removed = pieces.remove(piece);
        held -= removed == null ? 0 : cost(removed);
    }

    synchronized void put(BlobId piece, byte[] bytes) {
        if (pieces.put(piece, bytes) == null) {
            held += cost(bytes);
        }
        Iterator<byte[]> eldest = pieces.values().iterator();
        while (held > capacity) {
            held -= cost(eldest.next());
            eldest.remove();
        }
    }

    private static long cost(byte[] bytes) {
        return bytes.length + ENTRY_BYTES;
    }
}
