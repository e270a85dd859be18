package io.flockwork.worker.gateway;

import io.flockwork.sdk.identity.Peer;
import io.flockwork.sdk.wire.ClientMessage;
import io.flockwork.sdk.wire.WorkerMessage;
import io.vertx.core.http.ServerWebSocketHandshake;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** The gateway's door: nobody passes whom the grid's authority has not certified, or has revoked. */
final class Admission {
    private static final String PEER = "peer";

    private final Visitors visitors;

    Admission(Visitors visitors) {
        this.visitors = visitors;
    }

    /** Before every other route. */
    void mount(Router router) {
        router.route().handler(this::requireMember);
    }

    private void requireMember(RoutingContext request) {
        Optional<Peer> peer = visitors.admitted(request.request().connection().sslSession());
        if (peer.isPresent()) {
            request.put(PEER, peer.get());
            request.next();
        } else {
            request.response().setStatusCode(403).end("this node has been revoked");
        }
    }

    /** Who asks. */
    static Peer peer(RoutingContext request) {
        return request.get(PEER);
    }

    /** Workers come in by the workers' door, submitters by theirs. */
    void admit(ServerWebSocketHandshake handshake) {
        Optional<Peer> peer = visitors.admitted(handshake.sslSession());
        String path = handshake.path();
        if (peer.isEmpty()) {
            handshake.reject(403);
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
