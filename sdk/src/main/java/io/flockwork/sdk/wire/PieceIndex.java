package io.flockwork.sdk.wire;

import io.flockwork.sdk.blob.Manifest;
import io.flockwork.sdk.model.BlobId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Where in a blob each piece occurs first. */
record PieceIndex(Map<BlobId, Integer> first) {
    static PieceIndex of(Manifest manifest) {
        Map<BlobId, Integer> first = new HashMap<>();
        for (int i = 0; i < manifest.pieces().size(); i++) {
            first.putIfAbsent(manifest.pieces().get(i), i);
        }
        return new PieceIndex(first);
    }

    Optional<Integer> firstOf(BlobId piece) {
        return Optional.ofNullable(first.get(piece));
    }
}
