package io.flockwork.sdk.blob;

import java.io.IOException;
import java.io.InputStream;

/** A blob from its first byte to its last, one piece in memory at a time. For one thread. */
public final class BlobInputStream extends InputStream {
    private final Manifest manifest;
    private final Pieces pieces;
    private byte[] piece = new byte[0];
    private int nextPiece;
    private int position;

    /** Where pieces come from, checked. */
    @FunctionalInterface
    public interface Pieces {
        /** The bytes of piece {@code index}; not changed by the reader. */
        byte[] read(int index) throws IOException;
    }

    public BlobInputStream(Manifest manifest, Pieces pieces) {
        this.manifest = manifest;
        this.pieces = pieces;
    }

    @Override
    public int read() throws IOException {
        return fill() ? piece[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, piece.length - position);
        System.arraycopy(piece, position, into, offset, count);
        position += count;
        return count;
    }

    @Override
    public int available() {
        return piece.length - position;
    }

    private boolean fill() throws IOException {
        while (position == piece.length) {
            if (nextPiece == manifest.pieces().size()) {
                return false;
            }
            piece = pieces.read(nextPiece++);
            position = 0;
        }
        return true;
    }
}
