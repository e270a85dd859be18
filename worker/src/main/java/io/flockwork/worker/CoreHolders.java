package io.flockwork.worker;

import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.worker.swarm.Holders;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** An edge worker's way to know who has what: every core has it, or fetches it when asked. Nobody fetches from an edge worker. */
final class CoreHolders implements Holders {
    private final Supplier<List<Address>> cores;

    /** @param cores the one to ask first in front; called by any thread */
    CoreHolders(Supplier<List<Address>> cores) {
        this.cores = cores;
    }

    @Override
    public CompletionStage<List<Address>> of(BlobId blob) {
        return CompletableFuture.completedStage(cores.get());
    }

    @Override
    public CompletionStage<Void> announce(Collection<BlobId> blobs) {
        return CompletableFuture.completedStage(null);
    }

    @Override
    public List<Address> spares() {
        return List.of();
    }
}
