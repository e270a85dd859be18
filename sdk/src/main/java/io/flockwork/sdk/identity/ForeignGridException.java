package io.flockwork.sdk.identity;

import java.security.cert.CertificateException;

/** Whoever answers is of another grid than the join link says. */
public final class ForeignGridException extends CertificateException {
    ForeignGridException() {
        super("another grid answers there than the one the join link is for");
    }
}
