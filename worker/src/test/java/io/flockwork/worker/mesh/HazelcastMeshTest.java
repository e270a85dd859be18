package io.flockwork.worker.mesh;

import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.Address;
import java.util.ArrayList;
import java.util.List;

/** The contract, kept by real Hazelcast members on loopback. */
class HazelcastMeshTest extends MeshContract {
    private final TestCores grid = new TestCores();
    private final List<HazelcastMesh> cores = new ArrayList<>();
    private final List<Address> addresses = new ArrayList<>();

    @Override
    Mesh join() {
        Address address = TestCores.freeAddress();
        HazelcastMesh core =
                HazelcastMesh.join(TestCores.settings(TestCores.GRID, grid.tls(Role.CORE), address, addresses));
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
}
