package io.flockwork.sdk.credit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.flockwork.sdk.identity.Credentials;
import io.flockwork.sdk.identity.MemberCheck;
import io.flockwork.sdk.identity.NodeKeys;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.ExactBase64;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.proof.Witness;
import java.security.cert.CertificateException;
import java.util.Base64;

/**
 * How far a core's credit log had come at a moment, signed by that core: with the root over all entries nobody can later change or leave
 * out one of them.
 */
public record CreditHead(Witness core, long size, BlobId root, long millis, String signature) {
    /** Longest head as text, in characters. */
    public static final int LONGEST_LINE = 10 << 10;

    /** Most entries in a log. */
    public static final int MOST_ENTRIES = 1 << 24;

    private static final String TITLE = "flockwork-credit-1";
    private static final int PARTS = 8;

    public CreditHead {
        if (size < 0 || size > MOST_ENTRIES) {
            throw new IllegalArgumentException("a credit log has at most " + MOST_ENTRIES + " entries");
        }
    }

    /** A head that this core signs. */
    public static CreditHead sign(Credentials core, long size, BlobId root, long millis) {
        try {
            Witness witness = Witness.of(
                    core.keys().id(),
                    core.certificate(),
                    Base64.getEncoder()
                            .encodeToString(core.keys().signing().getPublic().getEncoded()));
            byte[] signed = core.keys().sign(statement(core.grid(), witness.worker(), size, root, millis));
            return new CreditHead(
                    witness, size, root, millis, Base64.getEncoder().encodeToString(signed));
        } catch (CertificateException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] statement(NodeId grid, NodeId core, long size, BlobId root, long millis) {
        return String.join(
                        "\n", TITLE, grid.value(), core.value(), Long.toString(size), root.hex(), Long.toString(millis))
                .getBytes(US_ASCII);
    }

    /** Whose log it is. */
    public NodeId id() {
        return core.worker();
    }

    /**
     * Checks that a core of the grid has signed it.
     *
     * @throws CertificateException with one sentence when none has
     */
    public void check(MemberCheck members) throws CertificateException {
        boolean signed;
        try {
            signed = core.check(members).role() == Role.CORE
                    && NodeKeys.verify(
                            core.publicKey(),
                            statement(members.grid(), id(), size, root, millis),
                            ExactBase64.decode(signature));
        } catch (IllegalArgumentException malformed) {
            throw new CertificateException("the head of a credit log is malformed", malformed);
        }
        if (!signed) {
            throw new CertificateException(
                    "the head of the credit log of core " + id().brief() + " is not signed by it");
        }
    }

    /** The head as one line. */
    public String line() {
        return String.join(
                " ",
                TITLE,
                id().value(),
                core.certificate(),
                core.key(),
                Long.toString(size),
                root.hex(),
                Long.toString(millis),
                signature);
    }

    /**
     * The head that a line is.
     *
     * @throws IllegalArgumentException with one sentence when it is none
     */
    public static CreditHead parse(String line) {
        String[] parts = line.length() > LONGEST_LINE ? new String[0] : line.split(" ", -1);
        if (parts.length != PARTS || !parts[0].equals(TITLE)) {
            throw new IllegalArgumentException("not the head of a credit log");
        }
        return new CreditHead(
                new Witness(new NodeId(parts[1]), parts[2], parts[3]),
                Long.parseLong(parts[4]),
                new BlobId(parts[5]),
                Long.parseLong(parts[6]),
                parts[7]);
    }
}
