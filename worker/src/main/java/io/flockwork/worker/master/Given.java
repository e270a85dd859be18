package io.flockwork.worker.master;

import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.wire.WorkerMessage.Answer;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A result that a worker gave, with what else came with it.
 *
 * @param fuel the work that the worker counted; 0 for Java
 */
record Given(Body body, byte[] stderr, long micros, long fuel) {
    /** Tells how long a blob is that this core has complete, in bytes; empty when it has not. */
    @FunctionalInterface
    interface BlobSizes {
        OptionalLong of(BlobId blob);
    }

    /** Bytes of the result. */
    long size() {
        return body.size();
    }

    /** The result in an answer that is no failure; empty when its blob has not arrived here. The worker's word on the size counts for nothing. */
    static Optional<Given> of(Answer answer, BlobSizes sizes) {
        if (answer instanceof Answer.Inline inline) {
            return Optional.of(
                    new Given(new Body.Inline(inline.output()), inline.stderr(), inline.micros(), inline.fuel()));
        }
        Answer.Uploaded uploaded = (Answer.Uploaded) answer;
        OptionalLong size = sizes.of(uploaded.blob());
        return size.isEmpty()
                ? Optional.empty()
                : Optional.of(new Given(
                        new Body.Stored(uploaded.blob(), size.getAsLong()),
                        uploaded.stderr(),
                        uploaded.micros(),
                        uploaded.fuel()));
    }
}
