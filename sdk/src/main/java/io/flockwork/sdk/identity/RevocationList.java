package io.flockwork.sdk.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.flockwork.sdk.model.ExactBase64;
import io.flockwork.sdk.model.NodeId;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who is a member no more, signed by the authority. Written as lines: version, signature in base64, then a node's id a line.
 *
 * @param version the higher one replaces the lower one
 */
public record RevocationList(long version, Collection<NodeId> nodes, byte[] signature) {
    /** Longest written form, bytes; room for some 16,000 nodes. */
    public static final int MAX_BYTES = 1 << 20;

    /** Version and signature, at their longest. */
    private static final int HEAD_BYTES = 200;
    /** An id of 64 letters at most, and the end of its line. */
    private static final int NODE_BYTES = 65;

    public RevocationList {
        nodes = Set.copyOf(nodes);
    }

    static byte[] statement(NodeId grid, long version, Collection<NodeId> nodes) {
        StringBuilder text = new StringBuilder("flockwork revocations\n")
                .append(grid)
                .append('\n')
                .append(version)
                .append('\n');
        new TreeSet<>(nodes).forEach(node -> text.append(node).append('\n'));
        return text.toString().getBytes(US_ASCII);
    }

    /** True when there is room in the written form for so many nodes. */
    static boolean holds(int nodes) {
        return HEAD_BYTES + (long) nodes * NODE_BYTES <= MAX_BYTES;
    }

    /** True when the authority has signed this list. */
    public boolean isSignedBy(X509Certificate authority) {
        NodeId grid = NodeId.ofKey(authority.getPublicKey());
        return NodeKeys.verify(authority.getPublicKey(), statement(grid, version, nodes), signature);
    }

    /** The written form. */
    public String text() {
        StringBuilder text = new StringBuilder()
                .append(version)
                .append('\n')
                .append(Base64.getEncoder().encodeToString(signature))
                .append('\n');
        new TreeSet<>(nodes).forEach(node -> text.append(node).append('\n'));
        return text.toString();
    }

    /**
     * Reads the written form. Says nothing of who signed it.
     *
     * @throws IllegalArgumentException with one sentence when it is none
     */
    public static RevocationList parse(String text) {
        if (text.length() > MAX_BYTES) {
            throw new IllegalArgumentException("a list of revoked nodes has at most " + MAX_BYTES + " bytes");
        }
        List<String> lines = text.lines().toList();
        if (lines.size() < 2) {
            throw new IllegalArgumentException("a list of revoked nodes is cut short");
        }
        try {
            return new RevocationList(
                    Long.parseLong(lines.get(0)),
                    lines.stream().skip(2).map(NodeId::new).toList(),
                    ExactBase64.decode(lines.get(1)));
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException("not a list of revoked nodes", malformed);
        }
    }
}
