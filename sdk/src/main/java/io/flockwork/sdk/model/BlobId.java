package io.flockwork.sdk.model;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * The content address of a blob: the root of a SHA-256 Merkle tree over its pieces. Also the digest that a vote carries,
 * for a result is a blob. Immutable; kept as four words, for ids are made and compared by the hundred thousand.
 */
public final class BlobId implements Comparable<BlobId> {
    /** Length of the digest in bytes. */
    public static final int BYTES = 32;

    private final long first;
    private final long second;
    private final long third;
    private final long fourth;

    /**
     * The id that is written so.
     *
     * @param hex 64 lower-case hexadecimal digits
     */
    public BlobId(String hex) {
        this(ByteBuffer.wrap(parse(hex)));
    }

    private BlobId(ByteBuffer digest) {
        first = digest.getLong();
        second = digest.getLong();
        third = digest.getLong();
        fourth = digest.getLong();
    }

    private static byte[] parse(String hex) {
        if (hex.length() != 2 * BYTES || !hex.chars().allMatch(BlobId::isDigit)) {
            throw new IllegalArgumentException("not a blob id: " + hex);
        }
        return HexFormat.of().parseHex(hex);
    }

    private static boolean isDigit(int letter) {
        return letter >= '0' && letter <= '9' || letter >= 'a' && letter <= 'f';
    }

    /** The id whose digest is these 32 bytes. */
    public static BlobId of(byte[] digest) {
        if (digest.length != BYTES) {
            throw new IllegalArgumentException("a digest has " + BYTES + " bytes, not " + digest.length);
        }
        return new BlobId(ByteBuffer.wrap(digest));
    }

    /** The 32 bytes of the digest. */
    public byte[] digest() {
        return ByteBuffer.allocate(BYTES)
                .putLong(first)
                .putLong(second)
                .putLong(third)
                .putLong(fourth)
                .array();
    }

    /** 64 lower-case hexadecimal digits. */
    public String hex() {
        return HexFormat.of().formatHex(digest());
    }

    /** In the order of the digits. */
    @Override
    public int compareTo(BlobId other) {
        int order = Long.compareUnsigned(first, other.first);
        order = order != 0 ? order : Long.compareUnsigned(second, other.second);
        order = order != 0 ? order : Long.compareUnsigned(third, other.third);
        return order != 0 ? order : Long.compareUnsigned(fourth, other.fourth);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BlobId id
                && first == id.first
                && second == id.second
                && third == id.third
                && fourth == id.fourth;
    }

    /** Any word of a digest is as good as random. */
    @Override
    public int hashCode() {
        return Long.hashCode(first);
    }

    @Override
    public String toString() {
        return hex();
    }
}
