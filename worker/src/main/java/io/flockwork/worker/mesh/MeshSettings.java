package io.flockwork.worker.mesh;

import io.flockwork.sdk.identity.GridTls;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.WorkerInfo;
import java.util.List;

/**
 * How a core joins its mesh.
 *
 * @param grid the grid's id; cores of different grids never meet
 * @param self this core; the others dial {@code self.mesh()}
 * @param bind where to listen: the host of one of this machine's interfaces (or {@code 0.0.0.0}), and the port
 * @param tls this core's credentials, and whom it trusts
 * @param others where other cores listen or once listened; empty to found the mesh
 */
public record MeshSettings(String grid, WorkerInfo self, Address bind, GridTls tls, List<Address> others) {
    public MeshSettings {
        if (!grid.matches("[a-z0-9-]{1,64}")) {
            throw new IllegalArgumentException("a grid's id has 1 to 64 characters of a-z, 0-9 and -");
        }
        requireCore(tls, self);
        others = List.copyOf(others);
    }

    private static void requireCore(GridTls tls, WorkerInfo self) {
        if (tls.credentials().self().role() != Role.CORE) {
            throw new IllegalArgumentException("only a core worker joins the mesh");
        }
        if (!tls.credentials().self().id().equals(self.id())) {
            throw new IllegalArgumentException("the certificate is for another node than " + self.id());
        }
    }
}
