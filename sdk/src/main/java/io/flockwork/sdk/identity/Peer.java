package io.flockwork.sdk.identity;

import io.flockwork.sdk.model.NodeId;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * A member as its certificate names it: the subject's {@code CN} is the node's id, {@code OU} its role, {@code O} its operator.
 *
 * @param operator who owns the node; votes are counted by it
 * @param referee true for a core worker whose answer decides where others disagree; its role is then written {@code core-referee}
 */
public record Peer(NodeId id, Role role, String operator, boolean referee) {
    private static final int LONGEST_OPERATOR = 64;
    private static final String REFEREE = "-referee";

    /** A member whose word is worth no more than others'. */
    public Peer(NodeId id, Role role, String operator) {
        this(id, role, operator, false);
    }

    public Peer {
        if (operator.isEmpty()
                || operator.length() > LONGEST_OPERATOR
                || !operator.strip().equals(operator)
                || operator.codePoints().anyMatch(Peer::isUnseen)) {
            throw new IllegalArgumentException("an operator's name has 1 to " + LONGEST_OPERATOR
                    + " printable characters, the first and the last of them not blank");
        }
        if (referee && role != Role.CORE) {
            throw new IllegalArgumentException("a referee is a core worker");
        }
    }

    /** A member in this office. */
    public static Peer in(String office, NodeId id, String operator) {
        boolean referee = office.endsWith(REFEREE);
        String role = referee ? office.substring(0, office.length() - REFEREE.length()) : office;
        return new Peer(id, Role.valueOf(role.toUpperCase(Locale.ROOT)), operator, referee);
    }

    /** Its role, and whether it is a referee, in one word. */
    public String office() {
        return role.word() + (referee ? REFEREE : "");
    }

    /** Names that look the same are the same: votes are counted by them. */
    private static boolean isUnseen(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }

    /**
     * Whom this certificate names. Says nothing of who signed it.
     *
     * @throws CertificateException with one sentence when it names no member
     */
    public static Peer of(X509Certificate certificate) throws CertificateException {
        try {
            Map<String, String> parts = new HashMap<>();
            for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                parts.put(part.getType().toUpperCase(Locale.ROOT), String.valueOf(part.getValue()));
            }
            NodeId id = new NodeId(parts.getOrDefault("CN", ""));
            return in(parts.getOrDefault("OU", ""), id, parts.getOrDefault("O", ""));
        } catch (InvalidNameException | IllegalArgumentException nobody) {
            throw new CertificateException("the certificate names no member of a grid", nobody);
        }
    }

    /**
     * Who is at the other end of a connection between members.
     *
     * @throws CertificateException when the other end has shown no certificate of a member
     */
    public static Peer of(SSLSession session) throws CertificateException {
        try {
            return of((X509Certificate) session.getPeerCertificates()[0]);
        } catch (SSLPeerUnverifiedException nobody) {
            throw new CertificateException("the other end has shown no certificate", nobody);
        }
    }
}
