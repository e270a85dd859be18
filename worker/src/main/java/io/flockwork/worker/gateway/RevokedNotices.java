package io.flockwork.worker.gateway;

import io.flockwork.sdk.identity.Peer;
import io.flockwork.sdk.identity.RevocationList;
import io.flockwork.sdk.identity.Revocations;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.wire.Codec;
import io.flockwork.sdk.wire.RevokedNodes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Hands each newer list of revoked nodes to every socket that is open. For those whose nodes are on it, it is the last that they hear.
 * Safe for use by many threads.
 */
final class RevokedNotices {
    private static final String WHY = "this node has been revoked";

    private final Revocations revocations;
    private final Codec codec;
    private final Map<MessageSocket, Peer> readers = new ConcurrentHashMap<>();

    RevokedNotices(Revocations revocations, Codec codec) {
        this.revocations = revocations;
        this.codec = codec;
        revocations.listen(this::tell);
    }

    /** A socket has been opened. */
    void add(MessageSocket socket, Peer peer) {
        readers.put(socket, peer);
        if (revocations.contains(peer.id())) {
            // Since it was let in.
            socket.send(codec.encode(letter()));
            socket.refuse(WHY);
        }
    }

    /** It is closed. */
    void remove(MessageSocket socket) {
        readers.remove(socket);
    }

    /** Sockets that are open, of members in this role. */
    int count(Role role) {
        return (int)
                readers.values().stream().filter(peer -> peer.role() == role).count();
    }

    private void tell() {
        byte[] letter = codec.encode(letter());
        readers.forEach((socket, peer) -> {
            socket.send(letter);
            if (revocations.contains(peer.id())) {
                socket.refuse(WHY);
            }
        });
    }

    private RevokedNodes letter() {
        return new RevokedNodes(revocations.newest().map(RevocationList::text).orElseThrow());
    }
}
