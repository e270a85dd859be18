package io.flockwork.worker.gateway;

import io.flockwork.sdk.client.RevokedNews;
import io.flockwork.sdk.identity.Peer;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.serve.Allowance;
import io.flockwork.sdk.wire.ClientMessage;
import io.flockwork.sdk.wire.WorkerMessage;
import io.vertx.core.http.ServerWebSocketHandshake;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLSession;

/**
 * The gateway's door: nobody passes whom the grid's authority has not certified, or has revoked, or who comes too often. Who has been
 * revoked is told so, and may have the list that says it.
 */
final class Admission {
    private static final String PEER = "peer";

    private static final int MOST_KNOWN = 20_000;

    private final Visitors visitors;
    /** Generous: pieces of 1 MiB at the speed of a disk. */
    private final Allowance<NodeId> requests = new Allowance<>(5_000, 10_000, MOST_KNOWN);

    private final LongSupplier nanos;

    Admission(Visitors visitors, LongSupplier nanos) {
        this.visitors = visitors;
        this.nanos = nanos;
    }

    /** Before every other route. */
    void mount(Router router) {
        router.route().handler(this::requireMember);
    }

    private void requireMember(RoutingContext request) {
        Optional<Peer> peer = member(request.request().connection().sslSession());
        if (peer.isEmpty()) {
            request.response().setStatusCode(403).end("this is for members of the grid only");
        } else if (!requests.take(peer.get().id(), nanos.getAsLong())) {
            request.response().setStatusCode(429).end("this node asks too often; wait a moment");
        } else if (visitors.isRevoked(peer.get()) && !request.request().path().equals(RevokedNews.PATH)) {
            request.response().setStatusCode(403).end("this node has been revoked");
        } else {
            request.put(PEER, peer.get());
            request.next();
        }
    }

    /** The coordinator is none here: it only passes on what others ask the API. */
    private Optional<Peer> member(SSLSession session) {
        return visitors.member(session).filter(peer -> peer.role() != Role.COORDINATOR);
    }

    /** Who asks. */
    static Peer peer(RoutingContext request) {
        return request.get(PEER);
    }

    /** Workers come in by the workers' door, submitters by theirs. */
    void admit(ServerWebSocketHandshake handshake) {
        Optional<Peer> peer = member(handshake.sslSession());
        String path = handshake.path();
        if (peer.isEmpty() || visitors.isRevoked(peer.get())) {
            handshake.reject(403);
        } else if (!requests.take(peer.get().id(), nanos.getAsLong())) {
            handshake.reject(429);
        } else if (path.equals(ClientMessage.PATH)) {
            decide(handshake, peer.get().role().submits());
        } else if (path.equals(WorkerMessage.PATH)) {
            decide(handshake, peer.get().role().works());
        } else {
            handshake.reject(404);
        }
    }

    private static void decide(ServerWebSocketHandshake handshake, boolean mayPass) {
        if (mayPass) {
            handshake.accept();
        } else {
            handshake.reject(403);
        }
    }
}
