package io.flockwork.sdk.blob;

import io.flockwork.sdk.model.BlobId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * Computes the ids of pieces and blobs: SHA-256 with the leaf and node prefixes of RFC 6962, section 2.1. Keep one for
 * each thread or loop; not safe for several threads at once.
 */
public final class BlobHasher {
    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private final MessageDigest sha256;

    public BlobHasher() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new AssertionError(everyPlatformHasIt);
        }
    }

    /** The id of the blob of these bytes, however many. */
    public BlobId idOf(byte[] blob) {
        return blob.length <= Manifest.PIECE_BYTES
                ? pieceId(blob)
                : Manifest.of(blob).id();
    }

    /** The id of a piece, which is its leaf hash. */
    BlobId pieceId(byte[] piece) {
        return pieceId(piece, 0, piece.length);
    }

    BlobId pieceId(byte[] bytes, int offset, int length) {
        sha256.update(LEAF);
        sha256.update(bytes, offset, length);
        return BlobId.of(sha256.digest());
    }

    /** The root over the pieces, of which there is at least one. */
    BlobId root(List<BlobId> pieces) {
        return pieces.size() == 1 ? pieces.get(0) : BlobId.of(node(pieces));
    }

    private byte[] node(List<BlobId> pieces) {
        int count = pieces.size();
        if (count == 1) {
            return pieces.get(0).digest();
        }
        int left = Integer.highestOneBit(count - 1);
        byte[] leftHash = node(pieces.subList(0, left));
        byte[] rightHash = node(pieces.subList(left, count));
        sha256.update(NODE);
        sha256.update(leftHash);
        sha256.update(rightHash);
        return sha256.digest();
    }
}
