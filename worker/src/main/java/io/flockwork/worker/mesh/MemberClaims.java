package io.flockwork.worker.mesh;

import com.hazelcast.cluster.Member;
import com.hazelcast.instance.EndpointQualifier;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.internal.cluster.impl.ClusterServiceImpl;
import com.hazelcast.internal.cluster.impl.JoinRequest;
import com.hazelcast.internal.server.ServerConnection;
import io.flockwork.sdk.model.NodeId;
import java.io.EOFException;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether members are the nodes that they say they are: the TLS at the other end of their connections knows. */
final class MemberClaims {
    private final Node node;
    private final MeshDoor door;

    MemberClaims(Node node, MeshDoor door) {
        this.node = node;
        this.door = door;
    }

    /**
     * Whether whoever asks to join is the core that its attributes name.
     *
     * @throws MeshException with one sentence when not
     */
    void check(JoinRequest request) {
        Optional<NodeId> claimed = CoreAttributes.idOf(request.getAttributes());
        Collection<ServerConnection> connections =
                node.getServer().getConnectionManager(EndpointQualifier.MEMBER).getAllConnections(request.getAddress());
        boolean proven = claimed.isPresent()
                && !connections.isEmpty()
                && connections.stream()
                        .allMatch(connection -> MeshDoor.nodeAt(connection).equals(claimed));
        if (!proven) {
            String reason = "it asks to join as another core than its certificate says";
            door.refusals().refused(request.getAddress(), reason);
            throw new MeshException(reason);
        }
    }

    /** Closes connections whose other ends speak for members that they are not. */
    void checkAll() {
        node.getServer().getConnections().forEach(this::isHonest);
    }

    /** False when the other end spoke for a member that it is not; the connection is closed then. */
    boolean isHonest(ServerConnection connection) {
        Optional<NodeId> shown = MeshDoor.nodeAt(connection);
        boolean honest = shown.isEmpty()
                || spokenFor(connection).allMatch(member -> CoreAttributes.idOf(member.getAttributes())
                        .equals(shown));
        if (!honest) {
            String reason = "it speaks for another core than its certificate says";
            door.refusals().refused(connection.getRemoteSocketAddress(), reason);
            connection.close(reason, new EOFException(reason));
        }
        return honest;
    }

    private Stream<? extends Member> spokenFor(ServerConnection connection) {
        ClusterServiceImpl cluster = node.getClusterService();
        return Stream.of(
                        Optional.ofNullable(connection.getRemoteAddress()).map(cluster::getMember),
                        Optional.ofNullable(connection.getRemoteUuid()).map(cluster::getMember))
                .flatMap(Optional::stream);
    }

    /** Has those who have been revoked forgotten by the mesh. */
    void suspectRevoked() {
        ClusterServiceImpl cluster = node.getClusterService();
        for (Member member : cluster.getMembers()) {
            boolean revoked = CoreAttributes.idOf(member.getAttributes())
                    .filter(door::isRevoked)
                    .isPresent();
            if (revoked && !member.localMember()) {
                cluster.suspectMember(member, "it has been revoked", true);
            }
        }
    }
}
