package io.flockwork.sdk.client;

import io.flockwork.sdk.blob.Manifest;
import io.flockwork.sdk.identity.GridTls;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.identity.TestMembers;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.wire.ClientMessage.Call;
import io.flockwork.sdk.wire.ClientMessage.Reply;
import io.flockwork.sdk.wire.ClientMessage.Request;
import io.flockwork.sdk.wire.ClientMessage.Status;
import io.flockwork.sdk.wire.ClientMessage.Update;
import io.flockwork.sdk.wire.Codec;
import io.flockwork.sdk.wire.Message;
import io.flockwork.sdk.wire.ResultList.Entry;
import io.flockwork.sdk.wire.ResultPage;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The client's side of a core's gateway, over real sockets; what it knows is the {@link FakeGrid}'s. */
final class FakeCore implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final Codec codec = new Codec();
    private final FakeGrid grid;
    private final Address address;
    private final GridTls tls = TestMembers.of(Role.CORE);
    private final AtomicInteger asked = new AtomicInteger();
    private final Map<ServerWebSocket, Set<JobId>> watched = new ConcurrentHashMap<>();
    private volatile Future<Void> death;

    FakeCore(FakeGrid grid) {
        this.grid = grid;
        HttpServerOptions options = TestMembers.server(tls)
                .setMaxWebSocketFrameSize(Message.MAX_BYTES)
                .setMaxWebSocketMessageSize(Message.MAX_BYTES);
        var server = vertx.createHttpServer(options)
                .webSocketHandler(this::converse)
                .requestHandler(this::serve)
                .listen()
                .await();
        address = new Address("127.0.0.1", server.actualPort());
    }

    Address address() {
        return address;
    }

    NodeId id() {
        return tls.credentials().keys().id();
    }

    /** How often it has been asked anything. */
    int asked() {
        return asked.get();
    }

    /** Says this to everybody who has a socket open. */
    void say(Message message) {
        watched.keySet().forEach(socket -> socket.writeBinaryMessage(Buffer.buffer(codec.encode(message))));
    }

    boolean alive() {
        return death == null;
    }

    boolean isWatched() {
        return alive() && watched.values().stream().anyMatch(jobs -> !jobs.isEmpty());
    }

    /** Every socket breaks, nobody listens any more. */
    void kill() {
        die().await();
    }

    private Future<Void> die() {
        death = vertx.close();
        return death;
    }

    @Override
    public void close() {
        if (alive()) {
            kill();
        }
    }

    void update(Status status) {
        watched.forEach((socket, jobs) -> {
            if (alive() && jobs.contains(status.record().id())) {
                socket.writeBinaryMessage(Buffer.buffer(codec.encode(new Update(status))));
            }
        });
    }

    private boolean diesOf(String what) {
        asked.incrementAndGet();
        grid.heard.add(what);
        if (alive() && grid.deadly.test(what)) {
            grid.deadly = nothing -> false;
            die();
        }
        return !alive();
    }

    private void converse(ServerWebSocket socket) {
        watched.put(socket, ConcurrentHashMap.newKeySet());
        socket.closeHandler(gone -> watched.remove(socket));
        socket.binaryMessageHandler(bytes -> {
            Call call = (Call) codec.decode(bytes.getBytes());
            if (diesOf(call.request().getClass().getSimpleName())) {
                return;
            }
            if (call.request() instanceof Request.Watch watch) {
                watched.get(socket).add(watch.job());
            }
            Reply reply = new Reply(call.call(), grid.answer(call.request()));
            socket.writeBinaryMessage(Buffer.buffer(codec.encode(reply)));
        });
    }

    private void serve(HttpServerRequest request) {
        String[] path = request.path().split("/");
        if (diesOf(request.method() + " " + request.path())) {
            return;
        }
        if (request.path().equals("/mesh/cores")) {
            request.response().end(grid.meshAnswer(this));
        } else if (request.path().equals("/revocations")) {
            request.response().end(grid.revoked.orElseThrow().text());
        } else if (request.path().startsWith(ResultPage.PATH)) {
            finals(request, new JobId(path[2]));
        } else if (request.method().equals(HttpMethod.PUT)) {
            request.body().onSuccess(body -> put(request, path[1], new BlobId(path[2]), body.getBytes()));
        } else {
            get(request, new BlobId(path[2]), path.length == 5 ? Integer.parseInt(path[4]) : -1);
        }
    }

    private void finals(HttpServerRequest request, JobId job) {
        if (!grid.jobs.containsKey(job)) {
            request.response().setStatusCode(404).end();
            return;
        }
        Optional<List<Entry>> page = grid.finals(job, Long.parseLong(request.getParam("after")));
        if (page.isPresent()) {
            request.response().end(Buffer.buffer(ResultPage.encode(page.get())));
        } else {
            request.response().setStatusCode(410).end();
        }
    }

    private void put(HttpServerRequest request, String what, BlobId id, byte[] body) {
        if (what.equals("blobs")) {
            request.response().end(Buffer.buffer(grid.offered(Manifest.decode(id, body))));
        } else {
            request.response().setStatusCode(grid.accept(id, body) ? 204 : 400).end();
        }
    }

    private void get(HttpServerRequest request, BlobId id, int index) {
        Manifest manifest = grid.manifests.get(id);
        if (manifest == null) {
            request.response().setStatusCode(404).end();
        } else if (index < 0) {
            request.response().end(Buffer.buffer(manifest.encode()));
        } else {
            byte[] piece = grid.pieces.get(manifest.pieces().get(index)).clone();
            if (grid.lying.test(address)) {
                piece[0]++;
            }
            request.response().end(Buffer.buffer(piece));
        }
    }
}
