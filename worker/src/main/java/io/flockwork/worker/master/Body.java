package io.flockwork.worker.master;

import io.flockwork.sdk.model.BlobId;

/** The bytes of a result: short ones travel and are kept with the unit, others are a blob. */
sealed interface Body {
    /** Its length, bytes. */
    long size();

    record Inline(byte[] bytes) implements Body {
        @Override
        public long size() {
            return bytes.length;
        }
    }

    record Stored(BlobId blob, long size) implements Body {}
}
