package io.flockwork.worker.mesh;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.internal.partition.PartitionReplica;

/**
 * Whether what is kept under a key is on a second core. Hazelcast answers a write with one copy while the key's backup has no
 * place yet, as it is for seconds after a core has joined or died; then the copy is made later, with all that was written
 * meanwhile: writes wait while a key is being copied, and those after that go to the backup before they are answered. May be
 * used by any thread.
 */
final class SecondCopies {
    private static final int BACKUP = 1;

    private final Node node;

    SecondCopies(HazelcastInstance hazelcast) {
        this.node = ((HazelcastInstanceProxy) hazelcast).getOriginal().node;
    }

    /**
     * To be called after the write.
     *
     * @throws Persistence.Unsettled when there are two cores and yet no second copy, which passes
     */
    void require(String key) {
        if (node.getClusterService().getSize() > 1 && !isAtAnother(key)) {
            throw new Persistence.Unsettled("the other cores are not ready to keep copies yet");
        }
    }

    private boolean isAtAnother(String key) {
        PartitionReplica backup = node.getPartitionService()
                .getPartition(node.getPartitionService().getPartitionId(key))
                .getReplica(BACKUP);
        return backup != null && node.getClusterService().getMember(backup.address(), backup.uuid()) != null;
    }
}
