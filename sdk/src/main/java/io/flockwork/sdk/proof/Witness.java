package io.flockwork.sdk.proof;

import io.flockwork.sdk.identity.MemberCheck;
import io.flockwork.sdk.identity.NodeKeys;
import io.flockwork.sdk.identity.Peer;
import io.flockwork.sdk.model.ExactBase64;
import io.flockwork.sdk.model.NodeId;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Base64;

/**
 * By what anybody can tell which member a worker's signature is of.
 *
 * @param certificate the authority's word for the worker's id, role and operator; DER, base64
 * @param key the Ed25519 key whose hash is the id; a SubjectPublicKeyInfo, base64
 */
public record Witness(NodeId worker, String certificate, String key) {
    private static final int LONGEST = 8 << 10;

    public Witness {
        if (certificate.length() + key.length() > LONGEST) {
            throw new IllegalArgumentException("a witness has at most " + LONGEST + " characters");
        }
    }

    /**
     * A worker whose certificate has been checked.
     *
     * @throws CertificateException with one sentence when the key is not the worker's
     */
    public static Witness of(NodeId worker, X509Certificate certificate, String key) throws CertificateException {
        try {
            Witness witness = new Witness(worker, Base64.getEncoder().encodeToString(certificate.getEncoded()), key);
            if (NodeId.ofKey(witness.publicKey()).equals(worker)) {
                return witness;
            }
        } catch (IllegalArgumentException malformed) {
            throw new CertificateException("the key that signs votes is malformed", malformed);
        }
        throw new CertificateException("the key that signs votes is not the worker's");
    }

    /**
     * Who it is.
     *
     * @throws CertificateException with one sentence when the authority does not stand behind it
     */
    public Peer check(MemberCheck members) throws CertificateException {
        try {
            Peer peer = members.check(ExactBase64.decode(certificate));
            if (!peer.id().equals(worker)
                    || !peer.role().works()
                    || !NodeId.ofKey(publicKey()).equals(worker)) {
                throw new CertificateException("the certificate is not this worker's");
            }
            return peer;
        } catch (IllegalArgumentException malformed) {
            throw new CertificateException("the worker's certificate or key is malformed", malformed);
        }
    }

    /** @throws IllegalArgumentException when it is none */
    public PublicKey publicKey() {
        return NodeKeys.signingKey(ExactBase64.decode(key));
    }
}
