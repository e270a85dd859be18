package io.flockwork.worker.runtime;

import io.flockwork.sdk.blob.BlobHasher;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.wasm.Metering;

/** Makes of a job's module what runs. Whoever handed the job in did the same; nobody takes the other's word for it. */
final class MeteredModule {
    private MeteredModule() {}

    /**
     * The module, rewritten.
     *
     * @param metered the id of what has to come out
     * @throws IllegalArgumentException with one sentence when the module cannot be rewritten, or is rewritten otherwise here
     */
    static byte[] of(byte[] module, BlobId metered) {
        byte[] rewritten = Metering.rewrite(module);
        if (!new BlobHasher().idOf(rewritten).equals(metered)) {
            throw new IllegalArgumentException(
                    "the module's work is counted otherwise here than where the job was handed in:"
                            + " one of the two runs another version of Flockwork");
        }
        return rewritten;
    }
}
