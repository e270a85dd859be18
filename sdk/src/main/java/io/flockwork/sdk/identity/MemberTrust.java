package io.flockwork.sdk.identity;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts members of one grid in some roles, and nobody else. Members are known by their ids, not by host names, so names are not
 * compared.
 */
final class MemberTrust extends X509ExtendedTrustManager {
    private final MemberCheck check;
    private final Revocations revocations;
    private final Set<Role> roles;

    MemberTrust(X509Certificate authority, Revocations revocations, Set<Role> roles) {
        this.check = new MemberCheck(authority);
        this.revocations = revocations;
        this.roles = Set.copyOf(roles);
    }

    private void requireMember(X509Certificate[] chain) throws CertificateException {
        if (chain == null || chain.length == 0) {
            throw new CertificateException("no certificate was shown");
        }
        Peer peer = check.check(chain[0]);
        if (!roles.contains(peer.role())) {
            throw new CertificateException(
                    "a certificate of role " + peer.role().word() + " is not for this");
        }
        if (revocations.contains(peer.id())) {
            throw new CertificateException("node " + peer.id() + " has been revoked");
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String keyExchange) throws CertificateException {
        requireMember(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String keyExchange, Socket socket)
            throws CertificateException {
        requireMember(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String keyExchange, SSLEngine engine)
            throws CertificateException {
        requireMember(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyExchange) throws CertificateException {
        requireMember(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyExchange, Socket socket)
            throws CertificateException {
        requireMember(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyExchange, SSLEngine engine)
            throws CertificateException {
        requireMember(chain);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[] {check.authority()};
    }
}
