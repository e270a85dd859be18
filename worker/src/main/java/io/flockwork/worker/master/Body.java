package io.flockwork.worker.master;

import io.flockwork.sdk.model.BlobId;

/** The bytes of a result: short ones travel and are kept with the unit, others are a blob. */
sealed interface Body {
    record Inline(byte[] bytes) implements Body {}

    record Stored(BlobId blob, long size) implements Body {}
}
