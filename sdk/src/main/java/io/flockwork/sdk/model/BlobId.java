package io.flockwork.sdk.model;

import java.util.HexFormat;

/**
 * The content address of a blob: the root of a SHA-256 Merkle tree over its pieces. Also the digest that a vote carries,
 * for a result is a blob.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record BlobId(String hex) implements Comparable<BlobId> {
    /** Length of the digest in bytes. */
    public static final int BYTES = 32;

    public BlobId {
        if (hex.length() != 2 * BYTES || !isHex(hex)) {
            throw new IllegalArgumentException("not a blob id: " + hex);
        }
    }

    /** A plain loop: ids are made by the hundred thousand. */
    private static boolean isHex(String text) {
        for (int i = 0; i < text.length(); i++) {
            char digit = text.charAt(i);
            if ((digit < '0' || digit > '9') && (digit < 'a' || digit > 'f')) {
                return false;
            }
        }
        return true;
    }

    /** The id whose digest is these 32 bytes. */
    public static BlobId of(byte[] digest) {
        return new BlobId(HexFormat.of().formatHex(digest));
    }

    /** The 32 bytes of the digest. */
    public byte[] digest() {
        return HexFormat.of().parseHex(hex);
    }

    @Override
    public int compareTo(BlobId other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
