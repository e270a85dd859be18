package io.flockwork.sdk.identity;

import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;

/** Tells a grid's own certificates from all others: signed by its authority, and within their time. */
public record MemberCheck(X509Certificate authority) {
    /**
     * The member that the certificate names.
     *
     * @throws CertificateException with one sentence when the authority does not stand behind it now
     */
    public Peer check(X509Certificate certificate) throws CertificateException {
        try {
            certificate.verify(authority.getPublicKey());
            certificate.checkValidity();
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
