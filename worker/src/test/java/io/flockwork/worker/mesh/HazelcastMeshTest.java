package io.flockwork.worker.mesh;

import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.WorkerInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The contract, kept by real Hazelcast members on loopback. */
class HazelcastMeshTest extends MeshContract {
    private final Random random = new Random();
    private final List<HazelcastMesh> cores = new ArrayList<>();
    private final List<Address> addresses = new ArrayList<>();

    @Override
    Mesh join() {
        Address address = freeAddress();
        HazelcastMesh core = HazelcastMesh.join(
                new MeshSettings("test-grid", core(NodeId.random(random), address), address, addresses));
        cores.add(core);
        addresses.add(address);
        return core;
    }

    @Override
    void kill(Mesh core) {
        ((HazelcastMesh) core).die();
    }

    @Override
    void endAll() {
        cores.forEach(HazelcastMesh::die);
    }

    static WorkerInfo core(NodeId id, Address mesh) {
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
