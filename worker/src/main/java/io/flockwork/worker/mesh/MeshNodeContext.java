package io.flockwork.worker.mesh;

import com.hazelcast.instance.impl.DefaultNodeContext;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.instance.impl.NodeExtension;
import io.flockwork.sdk.identity.GridTls;

/** Makes a Hazelcast member speak our TLS. Internal API of Hazelcast 5.7.0: the mesh's tests hold it. */
final class MeshNodeContext extends DefaultNodeContext {
    private final GridTls tls;
    private final TlsLimits limits;

    MeshNodeContext(GridTls tls, TlsLimits limits) {
        this.tls = tls;
        this.limits = limits;
    }

    @Override
    public NodeExtension createNodeExtension(Node node) {
        return new MeshNodeExtension(node, tls, limits);
    }
}
