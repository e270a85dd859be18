package io.flockwork.sdk.proof;

import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.Span;
import java.util.Optional;

/**
 * What a core says became of a unit.
 *
 * @param result absent when the unit failed
 * @param verified false when the core itself says that nobody confirmed the result
 */
public record FinalUnit(Span unit, Optional<Result> result, boolean verified) {
    /** The result's digest, and its length in bytes. */
    public record Result(BlobId digest, long size) {}
}
