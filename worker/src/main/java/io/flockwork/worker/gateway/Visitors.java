package io.flockwork.worker.gateway;

import io.flockwork.sdk.identity.Peer;
import io.flockwork.sdk.identity.Revocations;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.serve.Doorway;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.SocketAddress;
import java.security.cert.CertificateException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is connected, by node: bounds their connections, and shows revoked nodes the door, after a moment in which they can hear why.
 * Safe for use by many threads.
 */
final class Visitors {
    private static final Logger LOG = LoggerFactory.getLogger(Visitors.class);
    /** Connections of one node: sockets, and pieces that travel side by side. */
    static final int MOST_OF_ONE = 64;
    /** The same of a node that has been revoked. */
    static final int MOST_OF_REVOKED = 4;

    /** All who look at the grid through the coordinator. */
    private static final int MOST_OF_COORDINATOR = 2_000;

    private static final long FAREWELL_MILLIS = 1_000;

    private final Vertx vertx;
    private final Doorway doorway;
    private final Revocations revocations;
    private final Map<NodeId, Set<HttpConnection>> connected = new ConcurrentHashMap<>();

    Visitors(Vertx vertx, Doorway doorway, Revocations revocations) {
        this.vertx = vertx;
        this.doorway = doorway;
        this.revocations = revocations;
        revocations.listen(this::sendRevokedAway);
    }

    /** Who has opened this TLS session, revoked or not. */
    Optional<Peer> member(SSLSession session) {
        try {
            return Optional.of(Peer.of(session));
        } catch (CertificateException nobody) {
            return Optional.empty();
        }
    }

    boolean isRevoked(Peer peer) {
        return revocations.contains(peer.id());
    }

    /** A new connection, which stays only when its node has not too many. Who shows no certificate is counted by the doorway alone. */
    void enter(HttpConnection connection) {
        Optional<Peer> peer = member(connection.sslSession());
        if (peer.isEmpty()) {
            return;
        }
        NodeId node = peer.get().id();
        if (!remember(peer.get(), connection)) {
            LOG.info("{} of {} opens too many connections", node.brief(), where(connection));
            doorway.hangUp(connection);
            return;
        }
        // The connection's own close handler is not told when it has become a WebSocket.
        doorway.whenGone(connection, () -> forget(node, connection));
        if (revocations.contains(node)) {
            hangUpSoon(List.of(connection));
        }
    }

    private void hangUpSoon(Collection<HttpConnection> connections) {
        vertx.setTimer(FAREWELL_MILLIS, later -> connections.forEach(doorway::hangUp));
    }

    private boolean remember(Peer peer, HttpConnection connection) {
        NodeId node = peer.id();
        int most = revocations.contains(node) ? MOST_OF_REVOKED : most(peer);
        boolean[] isIn = {false};
        // In one step: the last one's leaving removes the set.
        connected.compute(node, (id, those) -> {
            Set<HttpConnection> of = those == null ? ConcurrentHashMap.newKeySet() : those;
            isIn[0] = of.size() < most && of.add(connection);
            return of;
        });
        return isIn[0];
    }

    private static int most(Peer peer) {
        return peer.role() == Role.COORDINATOR ? MOST_OF_COORDINATOR : MOST_OF_ONE;
    }

    private void forget(NodeId node, HttpConnection connection) {
        connected.computeIfPresent(node, (id, those) -> {
            those.remove(connection);
            return those.isEmpty() ? null : those;
        });
    }

    private static SocketAddress where(HttpConnection connection) {
        return connection.remoteAddress();
    }

    private void sendRevokedAway() {
        connected.forEach((node, connections) -> {
            if (revocations.contains(node)) {
                LOG.info("closing what {} has open ({}): it has been revoked", node.brief(), connections.size());
                hangUpSoon(List.copyOf(connections));
            }
        });
    }
}
