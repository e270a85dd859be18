package io.flockwork.worker.mesh;

import com.hazelcast.map.EntryProcessor;
import io.flockwork.sdk.model.NodeId;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Adds a core to a blob's holders. Safe to run twice. */
record AddHolder(NodeId core) implements EntryProcessor<String, Set<NodeId>, Boolean> {
    @Override
    public Boolean process(Map.Entry<String, Set<NodeId>> entry) {
        Set<NodeId> known = entry.getValue();
        if (known != null && known.contains(core)) {
            return false;
        }
        Set<NodeId> holders = known == null ? new HashSet<>() : new HashSet<>(known);
        holders.add(core);
        entry.setValue(Set.copyOf(holders));
        return true;
    }
}
