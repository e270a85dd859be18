package io.flockwork.sdk.proof;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The hashes of a Merkle tree as RFC 9162, section 2.1, has them: SHA-256, with a prefix that tells leaves from nodes. Keep one for
 * each thread; not safe for several at once.
 */
public final class MerkleHash {
    /** Length of a hash, bytes. */
    public static final int BYTES = 32;

    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private final MessageDigest sha256;

    public MerkleHash() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new AssertionError(everyPlatformHasIt);
        }
    }

    /** The hash of an entry. */
    public byte[] leaf(byte[] entry) {
        sha256.update(LEAF);
        return sha256.digest(entry);
    }

    /** The hash of the node above these two. */
    byte[] node(byte[] left, byte[] right) {
        sha256.update(NODE);
        sha256.update(left);
        return sha256.digest(right);
    }

    /** The root of the tree without entries. */
    byte[] empty() {
        return sha256.digest();
    }
}
