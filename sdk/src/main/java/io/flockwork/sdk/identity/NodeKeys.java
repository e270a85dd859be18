package io.flockwork.sdk.identity;

import io.flockwork.sdk.model.NodeId;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;

/**
 * A node's two key pairs: an Ed25519 one (RFC 8032), whose hash is the node's id and which signs jobs and votes, and an
 * ECDSA P-256 one for TLS, because browsers take no Ed25519 certificates.
 */
public record NodeKeys(KeyPair signing, KeyPair tls) {
    static final String ED25519 = "Ed25519";
    static final String EC = "EC";
    private static final int P256_BITS = 256;
    static final String ECDSA = "SHA256withECDSA";

    /** Fresh keys. */
    public static NodeKeys generate() {
        try {
            return new NodeKeys(KeyPairGenerator.getInstance(ED25519).generateKeyPair(), generateP256());
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java has no Ed25519 or no P-256", missing);
        }
    }

    static KeyPair generateP256() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(EC);
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    /** The id of the node that has these keys. */
    public NodeId id() {
        return NodeId.ofKey(signing.getPublic());
    }

    /** The node's signature of these bytes, 64 bytes. */
    public byte[] sign(byte[] bytes) {
        return sign(ED25519, signing, bytes);
    }

    /** Proves that the node has the TLS key, too. */
    public byte[] signWithTls(byte[] bytes) {
        return sign(ECDSA, tls, bytes);
    }

    /** True when the private key is the public one's. */
    static boolean belongTogether(KeyPair keys) {
        byte[] probe = {1, 2, 3};
        return verify(
                keys.getPublic(),
                probe,
                sign(keys.getPublic().getAlgorithm().equals(EC) ? ECDSA : ED25519, keys, probe));
    }

    static byte[] sign(String algorithm, KeyPair keys, byte[] bytes) {
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(keys.getPrivate());
            signature.update(bytes);
            return signature.sign();
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("a key of this node does not sign", broken);
        }
    }

    /** True when the holder of {@code key}, an Ed25519 or P-256 one, has signed these bytes. */
    public static boolean verify(PublicKey key, byte[] bytes, byte[] signed) {
        try {
            Signature signature = Signature.getInstance(key.getAlgorithm().equals(EC) ? ECDSA : ED25519);
            signature.initVerify(key);
            signature.update(bytes);
            return signature.verify(signed);
        } catch (GeneralSecurityException | RuntimeException malformed) {
            return false;
        }
    }

    /**
     * An Ed25519 public key from its encoding, an X.509 SubjectPublicKeyInfo.
     *
     * @throws IllegalArgumentException with one sentence when it is none
     */
    public static PublicKey signingKey(byte[] encoded) {
        return key(ED25519, encoded);
    }

    /**
     * A P-256 public key from its encoding, an X.509 SubjectPublicKeyInfo.
     *
     * @throws IllegalArgumentException with one sentence when it is none
     */
    public static PublicKey tlsKey(byte[] encoded) {
        PublicKey key = key(EC, encoded);
        if (((ECPublicKey) key).getParams().getCurve().getField().getFieldSize() != P256_BITS) {
            throw new IllegalArgumentException("not a P-256 public key");
        }
        return key;
    }

    private static PublicKey key(String algorithm, byte[] encoded) {
        try {
            return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException malformed) {
            throw new IllegalArgumentException("not an " + algorithm + " public key", malformed);
        }
    }

    /** Keeps the private keys out of logs. */
    @Override
    public String toString() {
        return "keys of " + id();
    }
}
