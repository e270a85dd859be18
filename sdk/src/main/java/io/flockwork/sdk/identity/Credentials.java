package io.flockwork.sdk.identity;

import io.flockwork.sdk.model.NodeId;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

/**
 * By what a node shows who it is, and knows who others are.
 *
 * @param certificate the authority's word for the node's id, role, operator and TLS key
 * @param authority the grid's authority
 */
public record Credentials(NodeKeys keys, X509Certificate certificate, X509Certificate authority) {
    /**
     * From encoded certificates.
     *
     * @throws CertificateException with one sentence when they are malformed or do not belong to these keys
     */
    public static Credentials of(NodeKeys keys, byte[] certificate, byte[] authority) throws CertificateException {
        return new Credentials(keys, Pem.certificate(certificate), Pem.certificate(authority)).checked();
    }

    /** The node as others see it. */
    public Peer self() {
        try {
            return Peer.of(certificate);
        } catch (CertificateException impossible) {
            throw new IllegalStateException(impossible.getMessage(), impossible);
        }
    }

    /** The grid's id: the hash of its authority's key. */
    public NodeId grid() {
        return NodeId.ofKey(authority.getPublicKey());
    }

    /**
     * Checks that the parts belong together.
     *
     * @throws CertificateException with one sentence when they do not
     */
    public Credentials checked() throws CertificateException {
        new MemberCheck(authority).check(certificate);
        if (!Peer.of(certificate).id().equals(keys.id())
                || !certificate.getPublicKey().equals(keys.tls().getPublic())) {
            throw new CertificateException("the certificate is not for this node's keys");
        }
        return this;
    }

    @Override
    public String toString() {
        return "credentials of " + keys.id();
    }
}
