package io.flockwork.sdk.model;

import java.util.random.RandomGenerator;

/**
 * A node's name in the grid.
 *
 * @param value lower-case base32, at most 64 characters
 */
public record NodeId(String value) implements Comparable<NodeId> {
    private static final int RANDOM_BYTES = 16;

    public NodeId {
        if (!Base32.matches(value, 64)) {
            throw new IllegalArgumentException("not a node id: " + value);
        }
    }

    /** A fresh id; unique as far as {@code random} is. */
    public static NodeId random(RandomGenerator random) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return new NodeId(Base32.encode(bytes));
    }

    @Override
    public int compareTo(NodeId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
