package io.flockwork.worker.master;

import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.wire.WorkerMessage;
import io.flockwork.sdk.wire.WorkerMessage.Ask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * The workers of one job: their sockets, the requests that wait for work, and who has been away for how long. Confined to
 * the master's loop.
 */
final class Roster {
    private static final long AWAY_NANOS = Duration.ofSeconds(3).toNanos();

    private final Map<NodeId, WorkerChannel> channels = new LinkedHashMap<>();
    private final Map<NodeId, Ask> waiting = new LinkedHashMap<>();
    private final Map<NodeId, Long> awaySince = new LinkedHashMap<>();

    /** The worker spoke on this socket; true when it has not done so before. */
    boolean heardFrom(WorkerChannel channel) {
        NodeId worker = channel.worker().id();
        awaySince.remove(worker);
        return channels.put(worker, channel) != channel;
    }

    /** The socket closed. That matters only if it was the worker's newest. */
    void closed(WorkerChannel channel, long nowNanos) {
        NodeId worker = channel.worker().id();
        if (channels.remove(worker, channel)) {
            waiting.remove(worker);
            awaySince.put(worker, nowNanos);
        }
    }

    /** Workers that have been away so long that their units should go to others; each is named once. */
    List<NodeId> givenUp(long nowNanos) {
        List<NodeId> lost = new ArrayList<>();
        awaySince.forEach((worker, since) -> {
            if (nowNanos - since > AWAY_NANOS) {
                lost.add(worker);
            }
        });
        lost.forEach(awaySince::remove);
        return lost;
    }

    /** The worker's request finds no work yet; it replaces an earlier one. */
    void waits(NodeId worker, Ask ask) {
        waiting.put(worker, ask);
    }

    /** The workers whose requests wait. */
    Collection<NodeId> waiting() {
        return waiting.keySet();
    }

    /** Offers the waiting requests of these workers to {@code serve}; those it serves wait no more. */
    void offer(List<NodeId> order, BiPredicate<WorkerChannel, Ask> serve) {
        for (NodeId worker : order) {
            if (serve.test(channels.get(worker), waiting.get(worker))) {
                waiting.remove(worker);
            }
        }
    }

    /** Sends to a worker, if it is there. */
    void send(NodeId worker, WorkerMessage message) {
        WorkerChannel channel = channels.get(worker);
        if (channel != null) {
            channel.send(message);
        }
    }
}
