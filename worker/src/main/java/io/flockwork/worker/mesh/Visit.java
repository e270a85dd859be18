package io.flockwork.worker.mesh;

import com.hazelcast.internal.networking.Channel;
import com.hazelcast.internal.server.ServerConnection;
import com.hazelcast.internal.server.ServerContext;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** One connection at the {@link MeshDoor}, from its first moment to its last. */
final class Visit implements TlsLink.Wire {
    private final MeshDoor door;
    private final Channel channel;
    private final ServerConnection connection;
    private final InetSocketAddress from;
    private final TlsLink link;
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private final AtomicBoolean halfOpen = new AtomicBoolean();
    private volatile Future<?> deadline = CompletableFuture.completedFuture(null);

    private Visit(Channel channel, ServerConnection connection, InetSocketAddress from, MeshDoor door) {
        this.door = door;
        this.channel = channel;
        this.connection = connection;
        this.from = from;
        this.link = new TlsLink(door.engine(channel), door.doorman(), this);
    }

    /** Lets the connection begin its handshake, or closes it at once when too many others have not ended theirs. */
    @SuppressWarnings("unchecked")
    static Optional<Visit> begin(Channel channel, MeshDoor door) throws IOException {
        ServerConnection connection = (ServerConnection) channel.attributeMap().get(ServerConnection.class);
        InetSocketAddress from = (InetSocketAddress) channel.remoteSocketAddress();
        boolean counts = !channel.isClientMode();
        if (from == null || counts && !door.halfOpen().enter(from.getAddress())) {
            door.refusals().refused(from, "too many others have not yet shown who they are");
            connection.close("too many connections", new EOFException());
            return Optional.empty();
        }
        Visit visit = new Visit(channel, connection, from, door);
        visit.halfOpen.set(counts);
        channel.attributeMap().put(Visit.class, visit);
        door.came(visit);
        channel.addCloseListener(closed -> visit.leave());
        if (channel.isClosed()) {
            visit.leave();
        }
        visit.link.begin();
        visit.closeIn(door.limits().handshake().toMillis());
        return Optional.of(visit);
    }

    static Optional<Visit> of(ServerConnection connection) {
        return Optional.ofNullable((Visit) connection.attributeMap().get(Visit.class));
    }

    TlsLink link() {
        return link;
    }

    /** Completes when the connection is closed. */
    CompletableFuture<Void> gone() {
        return gone;
    }

    @Override
    public void wakeReader() {
        channel.inboundPipeline().wakeup();
    }

    @Override
    public void wakeWriter() {
        channel.outboundPipeline().wakeup();
    }

    @Override
    public void opened(TlsLink opened) {
        deadline.cancel(false);
        noLongerHalfOpen();
        endIfRevoked();
    }

    /** The list of the revoked may have changed since the handshake looked at it. */
    void endIfRevoked() {
        link.peer()
                .filter(peer -> door.isRevoked(peer.id()))
                .ifPresent(peer -> link.end("node " + peer.id() + " has been revoked"));
    }

    @Override
    public void ending(TlsLink ending, String reason) {
        if (link.peer().isEmpty()) {
            door.refusals().refused(from, reason);
        }
        callUnreachable();
        deadline.cancel(false);
        closeIn(door.limits().farewell().toMillis());
    }

    /** Whoever is refused shall hear why: not before the other end hangs up, or the farewell has lasted too long, do we. */
    @Override
    public void silent(TlsLink silent) {
        if (link.hasFailed()) {
            door.execute(() -> {
                try {
                    channel.socket().shutdownOutput();
                } catch (IOException already) {
                    close("it has hung up");
                }
            });
        }
    }

    @Override
    public void ended(TlsLink ended) {
        door.execute(() -> close("it has ended"));
    }

    /** A core that looks for its mesh then goes on without this one; otherwise Hazelcast would wait for it. */
    private void callUnreachable() {
        if (channel.isClientMode()) {
            ServerContext context =
                    connection.getConnectionManager().getServer().getContext();
            door.execute(() -> context.onFailedConnection(connection.getRemoteAddress()));
        }
    }

    private void closeIn(long millis) {
        try {
            deadline = door.doorman().schedule(this::runOut, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException leaving) {
            close("this core is leaving");
        }
    }

    private void runOut() {
        if (!link.isOpen()) {
            if (!link.isEnding()) {
                door.refusals().refused(from, "it has not shown in time who it is");
                callUnreachable();
            }
            close("it took too long");
        }
    }

    /** With a cause that Hazelcast takes for the other side's going, and logs in one line. */
    private void close(String reason) {
        connection.close(reason, new EOFException(reason));
    }

    private void leave() {
        deadline.cancel(false);
        noLongerHalfOpen();
        door.went(this);
        gone.complete(null);
    }

    private void noLongerHalfOpen() {
        if (halfOpen.compareAndSet(true, false)) {
            door.halfOpen().leave(from.getAddress());
        }
    }
}
