package io.flockwork.sdk.identity;

import io.flockwork.sdk.model.NodeId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;

/**
 * What lets a program act for a member without that member's keys: a key of its own, and the member's signed word for it
 * ({@link Delegation}). Whoever has the text may use it (RFC 6750), so it is kept as secret as a password. Nobody needs to remember
 * it: any core can check one, and hand in jobs with it that every worker can check. Immutable.
 */
public final class Token {
    /** By which a token's text is known, to people and to programs that look for secrets. */
    public static final String PREFIX = "flw_";

    /** Longest text, in characters. */
    public static final int LONGEST = 3_000;

    private static final int MOST_PART_BYTES = 2_000;

    private final byte[] certificate;
    private final PublicKey owner;
    private final Delegation delegation;
    private final PrivateKey key;

    private Token(byte[] certificate, PublicKey owner, Delegation delegation, PrivateKey key) {
        this.certificate = certificate;
        this.owner = owner;
        this.delegation = delegation;
        this.key = key;
    }

    /**
     * Makes one.
     *
     * @throws IllegalArgumentException with one sentence when the owner may not do itself what the token is for
     */
    public static Token mint(Credentials owner, Set<Scope> scopes, Instant expires) {
        Role role = owner.self().role();
        if (scopes.isEmpty() || !Scope.of(role).containsAll(scopes)) {
            throw new IllegalArgumentException("a token of a member of role " + role.word() + " can be for "
                    + String.join(", ", Scope.of(role).stream().map(Scope::word).toList()));
        }
        try {
            KeyPair fresh = KeyPairGenerator.getInstance(NodeKeys.ED25519).generateKeyPair();
            return new Token(
                    owner.certificate().getEncoded(),
                    owner.keys().signing().getPublic(),
                    Delegation.by(owner, fresh.getPublic(), scopes, expires),
                    fresh.getPrivate());
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java has no Ed25519", missing);
        }
    }

    /**
     * The token that this is the text of; says nothing of whose it is.
     *
     * @throws IllegalArgumentException with one sentence when it is none
     */
    public static Token parse(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("a token has at most " + LONGEST + " characters");
        }
        if (!text.startsWith(PREFIX)) {
            throw new IllegalArgumentException("a token begins with " + PREFIX);
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text.substring(PREFIX.length()));
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
            byte[] certificate = part(in);
            PublicKey owner = NodeKeys.signingKey(part(in));
            Delegation delegation = Delegation.decode(part(in));
            PrivateKey key =
                    KeyFactory.getInstance(NodeKeys.ED25519).generatePrivate(new PKCS8EncodedKeySpec(part(in)));
            if (in.available() > 0) {
                throw new IOException("too long");
            }
            return new Token(certificate, owner, delegation, key);
        } catch (IllegalArgumentException | IOException | GeneralSecurityException malformed) {
            throw new IllegalArgumentException("this is not a whole token", malformed);
        }
    }

    private static byte[] part(DataInputStream in) throws IOException {
        int length = in.readUnsignedShort();
        byte[] bytes = in.readNBytes(Math.min(length, MOST_PART_BYTES));
        if (bytes.length != length) {
            throw new IOException("cut short");
        }
        return bytes;
    }

    /** The secret itself. */
    public String text() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (byte[] part : new byte[][] {certificate, owner.getEncoded(), delegation.encode(), key.getEncoded()}) {
                out.writeShort(part.length);
                out.write(part);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    /**
     * The member that has given this token, who may also have been revoked since.
     *
     * @throws CertificateException with one sentence when it is nobody's of this grid, or its time is over
     */
    public Peer check(MemberCheck members, Instant now) throws CertificateException {
        Peer member = members.check(certificate);
        if (!NodeId.ofKey(owner).equals(member.id()) || !isItsOwn()) {
            throw new CertificateException("the token's keys do not belong together");
        }
        delegation.check(members.grid(), owner);
        if (!Scope.of(member.role()).containsAll(delegation.scopes())) {
            throw new CertificateException("the token is for more than its owner may do");
        }
        if (now.isAfter(delegation.expires())) {
            throw new CertificateException("the token has expired");
        }
        return member;
    }

    private boolean isItsOwn() {
        return NodeKeys.belongTogether(new KeyPair(delegation.key(), key));
    }

    /** What it is for. */
    public Set<Scope> scopes() {
        return Set.copyOf(delegation.scopes());
    }

    /** Until when it is good. */
    public Instant expires() {
        return delegation.expires();
    }

    byte[] sign(byte[] statement) {
        return NodeKeys.sign(NodeKeys.ED25519, new KeyPair(delegation.key(), key), statement);
    }

    String certificate() {
        return Base64.getEncoder().encodeToString(certificate);
    }

    PublicKey owner() {
        return owner;
    }

    String delegation() {
        return Base64.getEncoder().encodeToString(delegation.encode());
    }

    /** Keeps the secret out of logs. */
    @Override
    public String toString() {
        return "token of " + NodeId.ofKey(owner).brief();
    }
}
