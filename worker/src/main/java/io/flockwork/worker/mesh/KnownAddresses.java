package io.flockwork.worker.mesh;

import com.hazelcast.config.TcpIpConfig;
import java.util.List;

/** Where to look for other cores; unlike Hazelcast's own list, this one may grow while it is read. */
final class KnownAddresses extends TcpIpConfig {
    private final List<String> live;

    /** @param live safe to read from any thread while it changes */
    KnownAddresses(List<String> live) {
        this.live = live;
    }

    @Override
    public List<String> getMembers() {
        return live;
    }
}
