package io.flockwork.worker.gateway;

import io.flockwork.sdk.blob.Manifest;
import io.flockwork.sdk.identity.Peer;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.worker.master.JobBoard;
import io.flockwork.worker.swarm.Storage;
import io.flockwork.worker.swarm.StorageFullException;
import io.flockwork.worker.swarm.Swarm;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Blobs over HTTP, as {@link io.flockwork.sdk.wire.BlobClient} asks for them. An offer waits for another core's copy, and a
 * copy for the pieces of the core that asked for it: each of the three has threads of its own, lest cores wait for each
 * other in a ring.
 */
final class BlobRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(BlobRoutes.class);
    private static final int THREADS = 8;

    private final Swarm swarm;
    private final Storage storage;
    private final JobBoard board;
    private final Rights rights;
    private final WorkerExecutor offers;
    private final WorkerExecutor copies;
    private final WorkerExecutor pieces;

    BlobRoutes(Vertx vertx, Swarm swarm, Storage storage, JobBoard board, Rights rights) {
        this.rights = rights;
        this.offers = vertx.createSharedWorkerExecutor("blob-offers", THREADS);
        this.copies = vertx.createSharedWorkerExecutor("blob-copies", THREADS);
        this.pieces = vertx.createSharedWorkerExecutor("blob-pieces", THREADS);
        this.swarm = swarm;
        this.storage = storage;
        this.board = board;
    }

    void mount(Router router) {
        router.put("/blobs/:id")
                .handler(only(rights::mayWrite))
                .handler(atMost(Manifest.MAX_ENCODED_BYTES))
                .handler(request -> answer(request, offers, () -> offer(request)));
        router.put("/pieces/:id")
                .handler(only(rights::mayWrite))
                .handler(atMost(Manifest.PIECE_BYTES))
                .handler(request -> answer(request, pieces, () -> take(request)));
        router.put("/copies/:id")
                .handler(only(rights::mayReplicate))
                .handler(atMost(1024))
                .handler(request -> answer(request, copies, () -> copy(request)));
        router.get("/blobs/:id")
                .handler(this::admitReader)
                .handler(request -> answer(request, pieces, () -> manifest(request)));
        router.get("/blobs/:id/pieces/:index")
                .handler(this::admitReader)
                .handler(request -> answer(request, pieces, () -> piece(request)));
    }

    /** Goes before the body is read. */
    private static SecurityPolicyHandler only(Predicate<Peer> right) {
        return request -> admit(request, right.test(Admission.peer(request)));
    }

    private void admitReader(RoutingContext request) {
        try {
            admit(request, rights.mayRead(Admission.peer(request), id(request)));
        } catch (IllegalArgumentException noId) {
            refuse(request, noId);
        }
    }

    private static void admit(RoutingContext request, boolean mayPass) {
        if (mayPass) {
            request.next();
        } else {
            request.response().setStatusCode(403).end("this is not for the role of your certificate");
        }
    }

    private static BodyHandler atMost(int bytes) {
        return BodyHandler.create(false).setBodyLimit(bytes);
    }

    private static void answer(RoutingContext request, WorkerExecutor threads, Callable<Buffer> work) {
        threads.executeBlocking(work, false)
                .onSuccess(body -> request.response()
                        .setStatusCode(body.length() == 0 && isWrite(request) ? 204 : 200)
                        .end(body))
                .onFailure(failure -> refuse(request, failure));
    }

    private static boolean isWrite(RoutingContext request) {
        return !request.request().path().startsWith("/blobs/");
    }

    private static void refuse(RoutingContext request, Throwable failure) {
        int status = status(failure);
        if (status == 500) {
            LOG.error("a request for {} failed", request.request().path(), failure);
        }
        request.response().setStatusCode(status).end(String.valueOf(failure.getMessage()));
    }

    private static int status(Throwable failure) {
        if (failure instanceof StorageFullException) {
            return 507;
        }
        return failure instanceof IllegalArgumentException ? 400 : failure instanceof IOException ? 404 : 500;
    }

    /** The ids of the pieces that are missing here; none when the blob is safe. */
    private Buffer offer(RoutingContext request) throws IOException {
        Manifest manifest = Manifest.decode(id(request), body(request));
        // First: what is there now and has not been wanted for long may go at any moment.
        swarm.store().touch(manifest, System.currentTimeMillis());
        Set<BlobId> missing = swarm.store().missing(manifest);
        if (missing.isEmpty()) {
            // Not before: the id does not bind the size, so a manifest without its pieces may lie about that.
            swarm.store().putManifest(manifest);
            swarm.secure(manifest);
        }
        ByteArrayOutputStream ids = new ByteArrayOutputStream(missing.size() * BlobId.BYTES);
        missing.forEach(piece -> ids.writeBytes(piece.digest()));
        return Buffer.buffer(ids.toByteArray());
    }

    private Buffer take(RoutingContext request) throws IOException {
        byte[] piece = body(request);
        storage.requireRoom(piece.length);
        if (!rights.mayWrite(Admission.peer(request), piece.length)) {
            throw new StorageFullException("this node has left as much here as one node may in a day");
        }
        swarm.store().putPiece(id(request), piece);
        return Buffer.buffer();
    }

    private Buffer copy(RoutingContext request) throws IOException {
        Address from = Address.parse(new String(body(request), StandardCharsets.UTF_8));
        if (board.cores().stream().noneMatch(core -> core.gateway().equals(from))) {
            throw new IllegalArgumentException(from + " is no core of this grid");
        }
        storage.requireRoom(0);
        swarm.keepCopy(id(request), from);
        return Buffer.buffer();
    }

    private Buffer manifest(RoutingContext request) throws IOException {
        return Buffer.buffer(swarm.manifest(id(request)).encode());
    }

    private Buffer piece(RoutingContext request) throws IOException {
        Manifest manifest = swarm.manifest(id(request));
        int index = Integer.parseInt(request.pathParam("index"));
        if (index < 0 || index >= manifest.pieces().size()) {
            throw new IllegalArgumentException("blob " + manifest.id() + " has no piece " + index);
        }
        byte[] piece = swarm.piece(manifest, index);
        swarm.served(piece.length);
        return Buffer.buffer(piece);
    }

    private static BlobId id(RoutingContext request) {
        return new BlobId(request.pathParam("id"));
    }

    private static byte[] body(RoutingContext request) {
        Buffer body = request.body().buffer();
        return body == null ? new byte[0] : body.getBytes();
    }
}
