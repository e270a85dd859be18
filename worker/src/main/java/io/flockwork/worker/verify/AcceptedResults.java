package io.flockwork.worker.verify;

import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.Span;
import java.util.Optional;

/** The accepted results, which the caller keeps anyway; so that a policy need not hold a million digests twice. */
@FunctionalInterface
public interface AcceptedResults {
    /** The digest accepted for exactly this unit, bounds included; empty when there is none. */
    Optional<BlobId> of(Span unit);
}
