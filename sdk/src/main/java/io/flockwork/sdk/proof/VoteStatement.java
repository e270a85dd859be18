package io.flockwork.sdk.proof;

import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.Span;
import java.nio.ByteBuffer;

/**
 * What a worker says of one unit: an entry of the tree whose root it signs. The job is said once, in what is signed.
 *
 * @param fuel what the unit took, in units of fuel; 0 where nothing counts it
 * @param micros for how long it ran
 */
public record VoteStatement(Span unit, BlobId digest, long fuel, long micros) {
    /** Length of an entry. */
    static final int BYTES = 4 * Long.BYTES + BlobId.BYTES;

    public VoteStatement {
        if (fuel < 0 || micros < 0) {
            throw new IllegalArgumentException("a vote on less than no work");
        }
    }

    byte[] bytes() {
        return ByteBuffer.allocate(BYTES)
                .putLong(unit.from())
                .putLong(unit.to())
                .put(digest.digest())
                .putLong(fuel)
                .putLong(micros)
                .array();
    }
}
