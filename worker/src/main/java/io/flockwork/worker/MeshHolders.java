package io.flockwork.worker;

import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.WorkerInfo;
import io.flockwork.worker.mesh.Mesh;
import io.flockwork.worker.swarm.Holders;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A core's way to know who has what: the mesh tells. */
final class MeshHolders implements Holders {
    private static final Comparator<WorkerInfo> BY_ID = Comparator.comparing(WorkerInfo::id);

    private final Mesh mesh;

    MeshHolders(Mesh mesh) {
        this.mesh = mesh;
    }

    @Override
    public CompletionStage<List<Address>> of(BlobId blob) {
        return mesh.holders(blob).thenApply(holders -> others(holders::contains));
    }

    @Override
    public CompletionStage<Void> announce(Collection<BlobId> blobs) {
        return mesh.hold(blobs);
    }

    /** The cores that follow this one in the order of their ids, so that copies spread evenly. */
    @Override
    public List<Address> spares() {
        List<WorkerInfo> cores = mesh.cores();
        NodeId self = mesh.self();
        return Stream.concat(
                        cores.stream()
                                .filter(core -> core.id().compareTo(self) > 0)
                                .sorted(BY_ID),
                        cores.stream()
                                .filter(core -> core.id().compareTo(self) < 0)
                                .sorted(BY_ID))
                .map(WorkerInfo::gateway)
                .toList();
    }

    private List<Address> others(Predicate<NodeId> wanted) {
        return mesh.cores().stream()
                .filter(core -> !core.id().equals(mesh.self()) && wanted.test(core.id()))
                .map(WorkerInfo::gateway)
                .toList();
    }
}
