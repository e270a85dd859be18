package io.flockwork.sdk.identity;

import io.flockwork.sdk.model.NodeId;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;

/**
 * Tells a grid's own certificates from all others: signed by its authority, and within their time.
 *
 * @param asOf when they are to be valid; absent: when they are checked
 */
public record MemberCheck(X509Certificate authority, Optional<Instant> asOf) {
    /** As of now, whenever it is asked. */
    public MemberCheck(X509Certificate authority) {
        this(authority, Optional.empty());
    }

    /**
     * From the authority's encoded certificate.
     *
     * @throws CertificateException with one sentence when it is none
     */
    public static MemberCheck of(byte[] authority) throws CertificateException {
        X509Certificate certificate = Pem.certificate(authority);
        try {
            certificate.verify(certificate.getPublicKey());
        } catch (GeneralSecurityException | RuntimeException another) {
            throw new CertificateException("the certificate is not an authority's", another);
        }
        return new MemberCheck(certificate);
    }

    /** From the authority's certificate in a file, in the text form of RFC 7468. */
    public static MemberCheck read(Path authority) throws IOException {
        return new MemberCheck(Pem.certificate(authority));
    }

    /** As of a moment that is over: what was signed then stays signed. */
    public MemberCheck asOf(Instant moment) {
        return new MemberCheck(authority, Optional.of(moment));
    }

    /** The grid's id: the hash of its authority's key. */
    public NodeId grid() {
        return NodeId.ofKey(authority.getPublicKey());
    }

    /** As {@link #check(X509Certificate)}, of an encoded certificate. */
    public Peer check(byte[] certificate) throws CertificateException {
        return check(Pem.certificate(certificate));
    }

    /**
     * The member that the certificate names.
     *
     * @throws CertificateException with one sentence when the authority does not stand behind it now
     */
    public Peer check(X509Certificate certificate) throws CertificateException {
        try {
            certificate.verify(authority.getPublicKey());
            certificate.checkValidity(Date.from(asOf.orElseGet(Instant::now)));
        } catch (CertificateExpiredException | CertificateNotYetValidException untimely) {
            throw new CertificateException(
                    "the certificate is valid from "
                            + certificate.getNotBefore().toInstant() + " to "
                            + certificate.getNotAfter().toInstant() + " only",
                    untimely);
        } catch (GeneralSecurityException foreign) {
            throw new CertificateException("the certificate is not of this grid", foreign);
        }
        if (certificate.getBasicConstraints() >= 0) {
            throw new CertificateException("the certificate is an authority's, not a member's");
        }
        return Peer.of(certificate);
    }
}
