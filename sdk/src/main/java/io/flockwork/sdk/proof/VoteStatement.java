package io.flockwork.sdk.proof;

import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.Span;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What a worker says of one unit: an entry of the tree whose root it signs. The job is said once, in what is signed.
 *
 * @param fuel what the unit took, in units of fuel; 0 where nothing counts it
 * @param micros for how long it ran
 */
public record VoteStatement(Span unit, BlobId digest, long fuel, long micros) {
    /** Longest entry; nearly all fit, with the prefix of a leaf, into one block of SHA-256, which takes 55 bytes. */
    static final int MOST_BYTES = BlobId.BYTES + 4 * 10;

    public VoteStatement {
        if (fuel < 0 || micros < 0) {
            throw new IllegalArgumentException("a vote on less than no work");
        }
    }

    /** The entry: the digest, then start, size, fuel and time, each in as few groups of seven bits as it takes, the lowest first. */
    byte[] bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(MOST_BYTES).put(digest.digest());
        put(bytes, unit.from());
        put(bytes, unit.size());
        put(bytes, fuel);
        put(bytes, micros);
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    private static void put(ByteBuffer bytes, long number) {
        long left = number;
        while ((left & ~0x7fL) != 0) {
            bytes.put((byte) (left | 0x80));
            left >>>= 7;
        }
        bytes.put((byte) left);
    }
}
