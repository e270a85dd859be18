package io.flockwork.worker.swarm;

import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.BlobId;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** No other node. */
final class Nobody implements Holders {
    @Override
    public CompletionStage<List<Address>> of(BlobId blob) {
        return CompletableFuture.completedStage(List.of());
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
