package io.flockwork.worker.swarm;

import io.flockwork.sdk.blob.Manifest;
import io.flockwork.sdk.model.Address;
import io.flockwork.worker.TestMembers;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Holds one blob and serves it over real HTTP: rightly, wrongly, or not before the test says so. */
final class HolderServer {
    final Address address;
    final AtomicInteger pieceRequests = new AtomicInteger();
    final AtomicInteger copyRequests = new AtomicInteger();
    /** Pieces are served once this is complete. */
    final CompletableFuture<Void> gate = new CompletableFuture<>();

    private final Manifest manifest;
    private final byte[] bytes;
    private final boolean lies;

    HolderServer(Vertx vertx, byte[] bytes, boolean lies) {
        this.manifest = Manifest.of(bytes);
        this.bytes = bytes;
        this.lies = lies;
        int port = vertx.createHttpServer(TestMembers.server())
                .requestHandler(this::answer)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        address = new Address("127.0.0.1", port);
    }

    private void answer(HttpServerRequest request) {
        String path = request.path();
        if (path.startsWith("/copies/")) {
            copyRequests.incrementAndGet();
            request.response().setStatusCode(lies ? 500 : 204).end();
        } else if (path.equals("/blobs/" + manifest.id())) {
            request.response().end(Buffer.buffer(manifest.encode()));
        } else {
            pieceRequests.incrementAndGet();
            byte[] piece = piece(Integer.parseInt(path.substring(path.lastIndexOf('/') + 1)));
            gate.thenRun(() -> request.response().end(Buffer.buffer(piece)));
        }
    }

    private byte[] piece(int index) {
        int from = (int) manifest.pieceOffset(index);
        byte[] piece = Arrays.copyOfRange(bytes, from, from + manifest.pieceSize(index));
        if (lies) {
            piece[0] ^= 1;
        }
        return piece;
    }
}
