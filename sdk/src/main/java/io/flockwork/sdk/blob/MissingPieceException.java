package io.flockwork.sdk.blob;

import io.flockwork.sdk.model.BlobId;
import java.io.IOException;

/** A piece that a read needs is not in the store, or was found damaged there. Fetching it again helps. */
public final class MissingPieceException extends IOException {
    private final BlobId piece;

    public MissingPieceException(BlobId blob, int index, BlobId piece) {
        super("piece " + index + " of blob " + blob + " is not here");
        this.piece = piece;
    }

    /** The piece to fetch. */
    public BlobId piece() {
        return piece;
    }
}
