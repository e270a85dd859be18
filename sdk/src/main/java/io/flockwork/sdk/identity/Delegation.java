package io.flockwork.sdk.identity;

import io.flockwork.sdk.model.NodeId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/**
 * A member's signed word that another key may act in its name, for a while and within bounds.
 *
 * @param key the Ed25519 key that may
 * @param scopes what it may do
 * @param signature by the member's Ed25519 key
 */
record Delegation(PublicKey key, Set<Scope> scopes, Instant expires, byte[] signature) {
    private static final String TITLE = "flockwork delegation 1";
    private static final int SIGNATURE_BYTES = 64;
    private static final int MOST_KEY_BYTES = 100;
    /** A job may run for longer than the token lasts that handed it in: those who run it are not to stop. */
    private static final Duration GRACE = Duration.ofDays(30);

    static Delegation by(Credentials owner, PublicKey key, Set<Scope> scopes, Instant expires) {
        byte[] statement = statement(owner.grid(), key, scopes, expires.toEpochMilli());
        return new Delegation(key, scopes, expires, owner.keys().sign(statement));
    }

    /**
     * Checks that this is the owner's word.
     *
     * @throws CertificateException with one sentence when it is not
     */
    void check(NodeId grid, PublicKey owner) throws CertificateException {
        if (scopes.isEmpty()
                || !NodeKeys.verify(owner, statement(grid, key, scopes, expires.toEpochMilli()), signature)) {
            throw new CertificateException("the token is not signed by the member that it names");
        }
    }

    private void check(NodeId grid, PublicKey owner, Scope wanted) throws CertificateException {
        check(grid, owner);
        if (!scopes.contains(wanted)) {
            throw new CertificateException("the token is not for that: its scope lacks '" + wanted.word() + "'");
        }
    }

    /** The same, for a job that may have been handed in a while ago. */
    void checkJob(NodeId grid, PublicKey owner, Instant now) throws CertificateException {
        check(grid, owner, Scope.SUBMIT);
        if (now.isAfter(expires.plus(GRACE))) {
            throw new CertificateException("the token by which the job was handed in expired long ago");
        }
    }

    private static byte[] statement(NodeId grid, PublicKey key, Set<Scope> scopes, long expires) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(TITLE);
            out.writeUTF(grid.value());
            write(out, key, scopes, expires);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, PublicKey key, Set<Scope> scopes, long expires) throws IOException {
        int bits = 0;
        for (Scope scope : scopes) {
            bits |= 1 << scope.ordinal();
        }
        out.writeByte(bits);
        out.writeLong(expires);
        byte[] encoded = key.getEncoded();
        out.writeByte(encoded.length);
        out.write(encoded);
    }

    byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(out, key, scopes, expires.toEpochMilli());
            out.write(signature);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** @throws IllegalArgumentException when these bytes are none */
    static Delegation decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            Set<Scope> scopes = scopes(in.readUnsignedByte());
            Instant expires = Instant.ofEpochMilli(in.readLong());
            int length = in.readUnsignedByte();
            if (length > MOST_KEY_BYTES || in.available() != length + SIGNATURE_BYTES) {
                throw new IllegalArgumentException("a token of a wrong length");
            }
            PublicKey key = NodeKeys.signingKey(in.readNBytes(length));
            return new Delegation(key, scopes, expires, in.readAllBytes());
        } catch (IOException tooShort) {
            throw new IllegalArgumentException("a token that ends too early", tooShort);
        }
    }

    private static Set<Scope> scopes(int bits) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (Scope scope : Scope.values()) {
            if ((bits & 1 << scope.ordinal()) != 0) {
                scopes.add(scope);
            }
        }
        if (bits >= 1 << Scope.values().length) {
            throw new IllegalArgumentException("a token with scopes that this version does not know");
        }
        return scopes;
    }
}
