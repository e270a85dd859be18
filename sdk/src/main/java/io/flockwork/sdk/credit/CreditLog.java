package io.flockwork.sdk.credit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flockwork.sdk.identity.MemberCheck;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.proof.MerkleTree;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Optional;

/** A whole credit log whose head is signed, and whose entries are those that the head stands for. */
public final class CreditLog {
    private final CreditHead head;
    private final List<CreditEntry> entries;
    private final MerkleTree tree = new MerkleTree();

    private CreditLog(CreditHead head, List<String> lines) {
        this.head = head;
        this.entries = lines.stream().map(CreditEntry::parse).toList();
        lines.forEach(line -> tree.add(line.getBytes(UTF_8)));
    }

    /**
     * A log that somebody has handed over.
     *
     * @throws CertificateException with one sentence when it is not what a core of the grid has signed
     */
    public static CreditLog of(CreditHead head, List<String> lines, MemberCheck members) throws CertificateException {
        head.check(members);
        try {
            CreditLog log = new CreditLog(head, lines);
            if (lines.size() == head.size() && BlobId.of(log.tree.root()).equals(head.root())) {
                return log;
            }
        } catch (IllegalArgumentException malformed) {
            throw new CertificateException(
                    "the credit log of core " + head.id().brief() + " holds what is no entry", malformed);
        }
        throw new CertificateException(
                "the credit log of core " + head.id().brief() + " does not hold the entries that the core has signed");
    }

    public CreditHead head() {
        return head;
    }

    public List<CreditEntry> entries() {
        return entries;
    }

    /** How this log contradicts what its core had signed before, in one sentence; empty when it goes on from there. */
    public Optional<String> contradicts(CreditHead before) {
        if (before.size() > head.size()) {
            return Optional.of("the credit log of core " + head.id().brief() + " has shrunk: it had " + before.size()
                    + " entries, and has " + head.size());
        }
        boolean same = BlobId.of(tree.rootOf((int) before.size())).equals(before.root());
        return same
                ? Optional.empty()
                : Optional.of("the credit log of core " + head.id().brief() + " has been changed: its first "
                        + before.size() + " entries are not those that it had");
    }
}
