package io.flockwork.worker.mesh;

import com.hazelcast.instance.EndpointQualifier;
import com.hazelcast.instance.impl.DefaultNodeExtension;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.internal.cluster.impl.JoinMessage;
import com.hazelcast.internal.cluster.impl.JoinRequest;
import com.hazelcast.internal.networking.ChannelInitializer;
import com.hazelcast.internal.networking.InboundHandler;
import com.hazelcast.internal.nio.Packet;
import com.hazelcast.internal.server.ServerConnection;
import com.hazelcast.internal.server.ServerContext;
import com.hazelcast.internal.server.tcp.PacketDecoder;
import io.flockwork.sdk.identity.GridTls;
import java.util.function.Consumer;
import java.util.function.Function;

/** Where a Hazelcast member lets us in: its channels, its joining members, its end. */
final class MeshNodeExtension extends DefaultNodeExtension {
    private final MeshDoor door;
    private final MemberClaims claims;
    private volatile boolean inGoodOrder;

    MeshNodeExtension(Node node, GridTls tls, TlsLimits limits) {
        super(node);
        this.door = new MeshDoor(tls, limits);
        this.claims = new MemberClaims(node, door);
        tls.revocations().listen(() -> door.execute(this::revocationsChanged));
    }

    MeshDoor door() {
        return door;
    }

    private void revocationsChanged() {
        door.endRevoked();
        claims.suspectRevoked();
    }

    @Override
    public Function<EndpointQualifier, ChannelInitializer> createChannelInitializerFn(ServerContext context) {
        Function<EndpointQualifier, ChannelInitializer> plain = super.createChannelInitializerFn(context);
        return qualifier -> door.guard(plain.apply(qualifier));
    }

    /** Right after the packet in which the other end says for whom it speaks, and before any that comes later. */
    @SuppressWarnings("rawtypes")
    @Override
    public InboundHandler[] createInboundHandlers(
            EndpointQualifier qualifier, ServerConnection connection, ServerContext context) {
        Consumer<Packet> dispatcher = node.getNodeEngine().getPacketDispatcher();
        return new InboundHandler[] {
            new PacketDecoder(connection, packet -> {
                dispatcher.accept(packet);
                if (packet.getPacketType() == Packet.Type.SERVER_CONTROL && !claims.isHonest(connection)) {
                    throw new MeshException("the connection is closed");
                }
            })
        };
    }

    @Override
    public void validateJoinRequest(JoinMessage message) {
        super.validateJoinRequest(message);
        if (message instanceof JoinRequest request) {
            claims.check(request);
        }
    }

    @Override
    public void onMemberListChange() {
        super.onMemberListChange();
        door.execute(claims::checkAll);
    }

    @Override
    public void beforeShutdown(boolean terminate) {
        super.beforeShutdown(terminate);
        inGoodOrder = !terminate;
    }

    @Override
    public void shutdown() {
        if (inGoodOrder) {
            door.sayGoodbye();
        }
        super.shutdown();
    }

    @Override
    public void afterShutdown() {
        door.close();
        super.afterShutdown();
    }
}
