package io.flockwork.worker.swarm;

import io.flockwork.sdk.blob.Manifest;
import java.io.IOException;

/** Reads slices of one blob, wherever its pieces are; quick when they follow each other. Blocks; one thread at a time. */
public final class BlobView {
    private final Manifest manifest;
    private final Swarm swarm;
    private int index = -1;
    private byte[] piece;

    BlobView(Manifest manifest, Swarm swarm) {
        this.manifest = manifest;
        this.swarm = swarm;
    }

    /** Bytes {@code offset .. offset + length}. */
    public byte[] read(long offset, int length) throws IOException {
        if (offset < 0 || length < 0 || length > manifest.size() - offset) {
            throw new IOException("a slice reaches beyond its blob");
        }
        byte[] slice = new byte[length];
        int filled = 0;
        while (filled < length) {
            turnTo(manifest.pieceAt(offset + filled));
            int start = (int) (offset + filled - manifest.pieceOffset(index));
            int count = Math.min(length - filled, piece.length - start);
            System.arraycopy(piece, start, slice, filled, count);
            filled += count;
        }
        return slice;
    }

    private void turnTo(int wanted) throws IOException {
        if (index != wanted) {
            piece = swarm.piece(manifest, wanted);
            index = wanted;
        }
    }
}
