package io.flockwork.worker.swarm;

import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.BlobId;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Who has what. Safe for use by many threads. */
public interface Holders {
    /** Where to ask for a blob, the best first; never this node. */
    CompletionStage<List<Address>> of(BlobId blob);

    /** This node now has these blobs complete. */
    CompletionStage<Void> announce(Collection<BlobId> blobs);

    /** Another node that should keep a second copy, the best first; empty when there is none. */
    List<Address> spares();
}
