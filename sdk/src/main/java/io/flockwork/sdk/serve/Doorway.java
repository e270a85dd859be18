package io.flockwork.sdk.serve;

import io.netty.channel.Channel;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way in to an HTTPS server: bounds how many connect, also of those who never shake hands, and how long a request may take to
 * arrive, however busily it dribbles in (the attack is known as Slowloris). Safe for use by many threads.
 */
public final class Doorway {
    private static final Logger LOG = LoggerFactory.getLogger(Doorway.class);
    /** Machines behind one address, and all workers and pages of a test grid on one machine. */
    private static final Crowd.Limits LIMITS = new Crowd.Limits(10_000, 4_000, 2_000, 1_000);

    private static final long LOOK_MILLIS = 1_000;

    private final Crowd crowd;
    private final long idleNanos;
    private final long arrivalNanos;
    private final Map<Door, Guest> guests = new ConcurrentHashMap<>();

    /** Both ends' ports: one who dials two servers of a process may do so from one port. */
    private record Door(String address, int port, int localPort) {}

    /**
     * @param idle how long a connection may be open without a whole request's beginning
     * @param arrival how long a request's body may take from then
     */
    public Doorway(Duration idle, Duration arrival) {
        this(LIMITS, idle, arrival);
    }

    Doorway(Crowd.Limits limits, Duration idle, Duration arrival) {
        this.crowd = new Crowd(limits);
        this.idleNanos = idle.toNanos();
        this.arrivalNanos = arrival.toNanos();
    }

    /** A Vert.x all of whose servers have this way in. */
    public Vertx vertx(VertxOptions options) {
        Vertx vertx = Vertx.builder()
                .with(options)
                .withTransport(new DoorTransport(this))
                .build();
        vertx.setPeriodic(LOOK_MILLIS, tick -> sendLateAway());
        return vertx;
    }

    private void sendLateAway() {
        long now = System.nanoTime();
        guests.values().stream().filter(guest -> guest.isLate(now)).forEach(late -> {
            LOG.debug("hanging up on {}, whose request does not come", late.address());
            late.hangUp();
        });
    }

    /** False when there is no room for one more. */
    boolean arrives(Channel channel) {
        if (!(channel.remoteAddress() instanceof InetSocketAddress from)
                || !(channel.localAddress() instanceof InetSocketAddress to)) {
            return false;
        }
        String address = from.getAddress().getHostAddress();
        if (!crowd.arrives(address)) {
            return false;
        }
        Door door = new Door(address, from.getPort(), to.getPort());
        Guest guest = new Guest(address, channel);
        guests.put(door, guest);
        channel.closeFuture().addListener(closed -> {
            guests.remove(door, guest);
            crowd.leaves(address, guest.isStranger());
        });
        return true;
    }

    /** The connection has shaken hands. */
    public void settles(HttpConnection connection) {
        guest(connection.remoteAddress(), connection.localAddress()).ifPresent(guest -> {
            if (guest.settle()) {
                crowd.settles(guest.address());
            }
            guest.expect(System.nanoTime() + idleNanos);
        });
    }

    /** A request's head has come; to be told before its body is read. */
    public void begins(HttpServerRequest request) {
        guest(request.remoteAddress(), request.localAddress()).ifPresent(guest -> {
            guest.expect(System.nanoTime() + arrivalNanos);
            request.end().onComplete(whole -> guest.expectNothing());
            request.response().endHandler(done -> guest.expect(System.nanoTime() + idleNanos));
        });
    }

    /** The request's body may take long: whoever sends it is known, and a pause still ends the connection. */
    public void arrivesSlowly(HttpServerRequest request) {
        guest(request.remoteAddress(), request.localAddress()).ifPresent(Guest::expectNothing);
    }

    /** The connection has become a WebSocket, which may be silent. */
    public void becomesSocket(SocketAddress remote, SocketAddress local) {
        guest(remote, local).ifPresent(Guest::expectNothing);
    }

    /** Closes the connection now, whatever is under way: a WebSocket whose other end is deaf would stay a while otherwise. */
    public void hangUp(HttpConnection connection) {
        guest(connection.remoteAddress(), connection.localAddress()).ifPresent(Guest::hangUp);
    }

    /** Has {@code told} run on an event loop when the connection has ended, whatever has become of it; at once if it has. */
    public void whenGone(HttpConnection connection, Runnable told) {
        guest(connection.remoteAddress(), connection.localAddress())
                .ifPresentOrElse(guest -> guest.whenGone(told), told);
    }

    private Optional<Guest> guest(SocketAddress remote, SocketAddress local) {
        return Optional.ofNullable(guests.get(new Door(remote.hostAddress(), remote.port(), local.port())));
    }
}
