package io.flockwork.worker.mesh;

import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.WorkerInfo;
import java.util.List;

/**
 * How a core joins its mesh.
 *
 * @param grid the grid's id; cores of different grids never meet
 * @param self this core; the others dial {@code self.mesh()}
 * @param bind where to listen: the host of one of this machine's interfaces (or {@code 0.0.0.0}), and the port
 * @param others where other cores listen or once listened; empty to found the mesh
 */
public record MeshSettings(String grid, WorkerInfo self, Address bind, List<Address> others) {
    public MeshSettings {
        if (!grid.matches("[a-z0-9-]{1,64}")) {
            throw new IllegalArgumentException("a grid's id has 1 to 64 characters of a-z, 0-9 and -");
        }
        others = List.copyOf(others);
    }
}
