package io.flockwork.worker.mesh;

import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.impl.HazelcastInstanceFactory;
import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import com.hazelcast.instance.impl.Node;
import io.flockwork.sdk.identity.Authority;
import io.flockwork.sdk.identity.GridTls;
import io.flockwork.sdk.identity.NodeKeys;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.WorkerInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Real Hazelcast members on loopback, as cores of one grid with an authority of its own. */
final class TestCores {
    static final String GRID = "test-grid";
    /** Short enough for a test to wait for, long enough for a busy machine's handshakes. */
    static final TlsLimits LIMITS = new TlsLimits(Duration.ofSeconds(2), Duration.ofSeconds(1), 64, 16);

    final Authority authority = Authority.create(Instant.now());
    private final List<HazelcastInstance> started = new CopyOnWriteArrayList<>();

    GridTls tls(Role role) {
        return new GridTls(authority.enrol(NodeKeys.generate(), role, "tester", Instant.now()));
    }

    static MeshSettings settings(String grid, GridTls tls, Address address, List<Address> others) {
        return new MeshSettings(grid, info(tls.credentials().self().id(), address), address, tls, others);
    }

    MeshSettings settings(Address... others) {
        return settings(GRID, tls(Role.CORE), freeAddress(), List.of(others));
    }

    /** A bare member, which may be told apart from an honest one. */
    HazelcastInstance start(MeshSettings settings, GridTls tls, TlsLimits limits) {
        return start(config(settings), tls, limits);
    }

    HazelcastInstance start(MeshSettings settings) {
        return start(settings, settings.tls(), LIMITS);
    }

    HazelcastInstance start(Config config, GridTls tls, TlsLimits limits) {
        HazelcastInstance member = HazelcastInstanceFactory.newHazelcastInstance(
                config, config.getInstanceName(), new MeshNodeContext(tls, limits));
        started.add(member);
        return member;
    }

    static Config config(MeshSettings settings) {
        List<String> others = new CopyOnWriteArrayList<>();
        settings.others().forEach(other -> others.add(other.toString()));
        return MeshConfig.of(settings, others);
    }

    static Node node(HazelcastInstance member) {
        return ((HazelcastInstanceProxy) member).getOriginal().node;
    }

    static int size(HazelcastInstance member) {
        return member.getCluster().getMembers().size();
    }

    /** Ends them all as {@code kill -9} does. */
    void endAll() {
        started.forEach(member -> member.getLifecycleService().terminate());
    }

    static WorkerInfo info(NodeId id, Address mesh) {
        return new WorkerInfo(
                id, "core-" + mesh.port(), "tester", "", 2, 1 << 30, new Address("127.0.0.1", 1), mesh, 1);
    }

    static Address freeAddress() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new Address("127.0.0.1", socket.getLocalPort());
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }
}
