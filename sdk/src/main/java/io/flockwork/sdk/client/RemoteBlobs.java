package io.flockwork.sdk.client;

import io.flockwork.sdk.blob.Manifest;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.wire.BlobClient;
import io.flockwork.sdk.wire.Outgoing;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** The grid's blobs, through whichever core. Every method throws {@link GridException}; safe for use by many threads. */
final class RemoteBlobs {
    private final FailOver failOver;
    private final BlobClient client;
    private final Executor threads;

    /** @param threads may be blocked */
    RemoteBlobs(FailOver failOver, BlobClient client, Executor threads) {
        this.failOver = failOver;
        this.client = client;
        this.threads = threads;
    }

    /** Blocks until a core has these, and a second core too. */
    void upload(Collection<Outgoing> blobs) {
        failOver.ask(core -> client.upload(core, blobs));
    }

    /** The bytes of a blob whose size is known; fetched while they are read. */
    InputStream open(BlobId blob, long size) {
        return new RemoteBlobStream(this, manifest(blob, size));
    }

    private Manifest manifest(BlobId blob, long size) {
        if (size <= Manifest.PIECE_BYTES) {
            return new Manifest(blob, size, List.of(blob));
        }
        return failOver.ask(core -> client.manifest(core, blob).thenApply(manifest -> requireSize(manifest, size)));
    }

    private static Manifest requireSize(Manifest manifest, long size) {
        if (manifest.size() == size) {
            return manifest;
        }
        throw new CompletionException(new IOException("a manifest of another size than the blob's"));
    }

    /** Piece {@code index}, fetched in the background. */
    CompletableFuture<byte[]> piece(Manifest manifest, int index) {
        return CompletableFuture.supplyAsync(() -> failOver.ask(core -> client.piece(core, manifest, index)), threads);
    }
}
