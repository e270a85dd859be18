package io.flockwork.sdk.model;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;

/**
 * A node's name in the grid: the hash of its public key.
 *
 * @param value lower-case base32, at most 64 characters
 */
public record NodeId(String value) implements Comparable<NodeId> {
    public NodeId {
        if (!Base32.matches(value, 64)) {
            throw new IllegalArgumentException(
                    "not a node id" + (value.matches("\\p{Graph}{1,64}") ? ": " + value : ""));
        }
    }

    /** The id of whoever holds this key: SHA-256 of its SubjectPublicKeyInfo (RFC 5280), in base32. */
    public static NodeId ofKey(PublicKey key) {
        try {
            return new NodeId(Base32.encode(MessageDigest.getInstance("SHA-256").digest(key.getEncoded())));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The beginning of the id: enough for people to tell nodes apart, and never enough for a program. */
    public String brief() {
        return value.substring(0, Math.min(8, value.length()));
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
