package io.flockwork.worker.mesh;

import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.impl.HazelcastInstanceFactory;
import java.util.List;

/** Starts this core's Hazelcast member: the one place that opens the mesh's sockets. */
final class MeshMember {
    private MeshMember() {}

    /**
     * Blocks until the member has joined the others, or has founded the mesh.
     *
     * @param others read anew at each search for the other half of a split mesh, from any thread
     * @throws MeshException when it cannot, with one sentence why
     */
    static HazelcastInstance start(MeshSettings settings, List<String> others, TlsLimits limits) {
        try {
            Config config = MeshConfig.of(settings, others);
            return HazelcastInstanceFactory.newHazelcastInstance(
                    config, config.getInstanceName(), new MeshNodeContext(settings.tls(), limits));
        } catch (HazelcastException | IllegalStateException failed) {
            throw new MeshException(
                    "this core cannot listen for the mesh on " + settings.bind() + " or join it: " + rootOf(failed),
                    failed);
        }
    }

    private static String rootOf(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
