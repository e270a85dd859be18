package io.flockwork.worker.mesh;

import com.hazelcast.internal.networking.Channel;
import com.hazelcast.internal.networking.ChannelInitializer;
import com.hazelcast.internal.server.ServerConnection;
import io.flockwork.sdk.identity.GridTls;
import io.flockwork.sdk.identity.Peer;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.NodeId;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door of one core's Hazelcast member: nobody gets through who is not a core of this grid, and none of their bytes.
 *
 * <p>One thread of its own, the doorman, computes the handshakes, one step after the other, and minds their time. So a flood
 * of them costs at most one processor, and Hazelcast's only reading thread computes none; at worst it waits for the step
 * that is being computed for the very connection it looks at.
 */
final class MeshDoor {
    private static final Logger LOG = LoggerFactory.getLogger(MeshDoor.class);
    private static final long THREAD_IDLE_SECONDS = 10;
    private static final Set<Role> MEMBERS = EnumSet.of(Role.CORE);

    private final GridTls tls;
    private final TlsLimits limits;
    private final HalfOpen halfOpen;
    private final Refusals refusals = new Refusals(() -> System.nanoTime() / 1_000_000);
    private final Set<Visit> visits = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor doorman;

    MeshDoor(GridTls tls, TlsLimits limits) {
        this.tls = tls;
        this.limits = limits;
        this.halfOpen = new HalfOpen(limits.halfOpen(), limits.halfOpenOfOne());
        this.doorman = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "mesh-door");
            thread.setDaemon(true);
            return thread;
        });
        doorman.setRemoveOnCancelPolicy(true);
        doorman.setKeepAliveTime(THREAD_IDLE_SECONDS, TimeUnit.SECONDS);
        doorman.allowCoreThreadTimeOut(true);
    }

    /** Puts TLS before and behind what {@code inner} puts into a channel. */
    ChannelInitializer guard(ChannelInitializer inner) {
        return channel -> {
            Optional<Visit> visit = Visit.begin(channel, this);
            if (visit.isPresent()) {
                TlsLink link = visit.get().link();
                channel.inboundPipeline().addLast(new TlsDecoder(link));
                inner.initChannel(channel);
                channel.outboundPipeline().addLast(new TlsEncoder(link));
            }
        };
    }

    /** A context for each connection, so that there is no session to resume: every handshake shows and checks certificates. */
    SSLEngine engine(Channel channel) {
        SSLEngine engine = tls.context(MEMBERS).createSSLEngine();
        engine.setEnabledProtocols(new String[] {GridTls.PROTOCOL});
        engine.setUseClientMode(channel.isClientMode());
        engine.setNeedClientAuth(!channel.isClientMode());
        return engine;
    }

    /** The node at the other end of a member's connection, as its certificate says; empty while it has not been shown. */
    static Optional<NodeId> nodeAt(ServerConnection connection) {
        return Visit.of(connection).flatMap(visit -> visit.link().peer()).map(Peer::id);
    }

    TlsLimits limits() {
        return limits;
    }

    HalfOpen halfOpen() {
        return halfOpen;
    }

    Refusals refusals() {
        return refusals;
    }

    ScheduledThreadPoolExecutor doorman() {
        return doorman;
    }

    /** Runs on the doorman, unless the core is leaving. */
    void execute(Runnable task) {
        try {
            doorman.execute(() -> {
                try {
                    task.run();
                } catch (RuntimeException fault) {
                    LOG.warn("the mesh's door failed", fault);
                }
            });
        } catch (RejectedExecutionException leaving) {
            LOG.debug("the mesh's door is closed");
        }
    }

    void came(Visit visit) {
        visits.add(visit);
    }

    void went(Visit visit) {
        visits.remove(visit);
    }

    /** True when nothing is kept of any connection. */
    boolean isEmpty() {
        return visits.isEmpty();
    }

    boolean isRevoked(NodeId node) {
        return tls.revocations().contains(node);
    }

    /** Ends the connections of those who have been revoked since. */
    void endRevoked() {
        visits.forEach(Visit::endIfRevoked);
    }

    /** Says goodbye on every connection and waits, not for long, for the answers. Blocks. */
    void sayGoodbye() {
        CompletableFuture<?>[] gone = visits.stream()
                .map(visit -> {
                    visit.link().end("this core is leaving");
                    return visit.gone();
                })
                .toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(gone).get(limits.farewell().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException unanswered) {
            LOG.debug("not every core has answered the goodbye");
        }
    }

    void close() {
        doorman.shutdownNow();
    }
}
