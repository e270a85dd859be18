package io.flockwork.sdk.client;

import io.flockwork.sdk.blob.Manifest;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A blob from its first byte to its last, a few checked pieces ahead of its reader. Reads throw {@link GridException}. */
final class RemoteBlobStream extends InputStream {
    private static final int AHEAD = 3;

    private final RemoteBlobs blobs;
    private final Manifest manifest;
    private final Queue<CompletableFuture<byte[]>> coming = new ArrayDeque<>();
    private byte[] piece = new byte[0];
    private int position;
    private int asked;

    RemoteBlobStream(RemoteBlobs blobs, Manifest manifest) {
        this.blobs = blobs;
        this.manifest = manifest;
    }

    @Override
    public int read() {
        return fill() ? piece[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, into.length);
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

    private boolean fill() {
        while (position == piece.length) {
            while (coming.size() < AHEAD && asked < manifest.pieces().size()) {
                coming.add(blobs.piece(manifest, asked++));
            }
            CompletableFuture<byte[]> next = coming.poll();
            if (next == null) {
                return false;
            }
            piece = arrived(next);
            position = 0;
        }
        return true;
    }

    private static byte[] arrived(CompletableFuture<byte[]> piece) {
        try {
            return piece.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof GridException told ? told : failed;
        }
    }

    @Override
    public void close() {
        asked = manifest.pieces().size();
        coming.clear();
        position = piece.length;
    }
}
