package io.flockwork.worker.mesh;

import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.replicatedmap.ReplicatedMap;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.WorkerInfo;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The edge workers connected to any core. Each core says which it sees, again and again; what a core that died had said fades. A core
 * that has just joined may miss one for half a minute: Hazelcast's replicated map copies and updates in any order, and compares every
 * 30 s. Read from this core's own memory; may be called by any thread.
 */
final class Edges {
    /** How often a core says it again. */
    static final long SAY_SECONDS = 30;

    private static final Logger LOG = LoggerFactory.getLogger(Edges.class);
    private static final long FADE_SECONDS = 3 * SAY_SECONDS;

    private final ReplicatedMap<String, WorkerInfo> said;
    private final String core;
    private final Map<NodeId, WorkerInfo> here = new ConcurrentHashMap<>();

    Edges(ReplicatedMap<String, WorkerInfo> said, NodeId core) {
        this.said = said;
        this.core = core.value();
    }

    void connected(WorkerInfo edge) {
        here.put(edge.id(), edge);
        say(edge);
    }

    void gone(NodeId edge) {
        here.remove(edge);
        try {
            said.remove(key(edge));
        } catch (HazelcastInstanceNotActiveException left) {
            LOG.debug("this core has left the mesh");
        }
    }

    /** To be called every {@link #SAY_SECONDS}. */
    void sayAgain() {
        here.values().forEach(this::say);
    }

    private void say(WorkerInfo edge) {
        try {
            said.put(key(edge.id()), edge, FADE_SECONDS, TimeUnit.SECONDS);
        } catch (HazelcastInstanceNotActiveException left) {
            LOG.debug("this core has left the mesh");
        }
    }

    /** One that is connected to several cores is one all the same. */
    Collection<WorkerInfo> all() {
        Map<NodeId, WorkerInfo> all = new LinkedHashMap<>();
        said.values().forEach(edge -> all.merge(edge.id(), edge, Edges::younger));
        return all.values();
    }

    private static WorkerInfo younger(WorkerInfo one, WorkerInfo other) {
        return one.startedMillis() >= other.startedMillis() ? one : other;
    }

    private String key(NodeId edge) {
        return edge + "/" + core;
    }
}
