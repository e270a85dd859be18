package io.flockwork.sdk.wire;

import io.flockwork.sdk.blob.BlobStore;
import io.flockwork.sdk.blob.Manifest;
import io.flockwork.sdk.blob.MissingPieceException;
import io.flockwork.sdk.model.BlobId;
import java.io.IOException;

/** A blob to upload, and where its pieces are read from. */
public record Outgoing(Manifest manifest, Pieces pieces) {
    /** A blob of a local store. */
    public static Outgoing from(BlobStore store, Manifest manifest) {
        return new Outgoing(manifest, index -> {
            BlobId piece = manifest.pieces().get(index);
            return store.piece(piece).orElseThrow(() -> new MissingPieceException(manifest.id(), index, piece));
        });
    }

    /** Reads a blob's pieces, several at a time on different threads; may block. */
    @FunctionalInterface
    public interface Pieces {
        /** The piece's bytes. They are not checked here: the core does. */
        byte[] read(int index) throws IOException;
    }
}
