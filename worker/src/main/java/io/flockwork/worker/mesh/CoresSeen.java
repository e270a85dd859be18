package io.flockwork.worker.mesh;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.partition.Partition;
import io.flockwork.sdk.model.WorkerInfo;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** Who is in the mesh, and which keys are this core's, as Hazelcast's tables say. Only {@link #look} is confined to the mesh's thread. */
final class CoresSeen {
    private final HazelcastInstance hazelcast;
    private volatile List<WorkerInfo> cores = List.of();
    private BitSet owned = new BitSet();

    CoresSeen(HazelcastInstance hazelcast) {
        this.hazelcast = hazelcast;
    }

    /** The live cores when they were last looked at, oldest member first. */
    List<WorkerInfo> cores() {
        return cores;
    }

    /** True while this core owns the key. */
    boolean owns(String key) {
        return isMine(hazelcast.getPartitionService().getPartition(key));
    }

    /** Looks again; Hazelcast's events tell of members, but who owns what after that, only its table does. */
    void look() {
        cores = readCores();
        owned = readOwned();
    }

    /** True when keys have changed owners since the last look. */
    boolean hasMoved() {
        return !readOwned().equals(owned);
    }

    private List<WorkerInfo> readCores() {
        return hazelcast.getCluster().getMembers().stream()
                .map(member -> CoreAttributes.read(member.getAttributes()))
                .flatMap(Optional::stream)
                .toList();
    }

    private BitSet readOwned() {
        BitSet mine = new BitSet();
        for (Partition partition : hazelcast.getPartitionService().getPartitions()) {
            if (isMine(partition)) {
                mine.set(partition.getPartitionId());
            }
        }
        return mine;
    }

    private static boolean isMine(Partition partition) {
        return partition.getOwner() != null && partition.getOwner().localMember();
    }
}
