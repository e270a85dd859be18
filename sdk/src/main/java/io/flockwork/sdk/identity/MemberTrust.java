package io.flockwork.sdk.identity;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Set;

/** Trusts members of one grid in some roles, and nobody else. */
final class MemberTrust extends PeerTrust {
    private final MemberCheck members;
    private final Revocations revocations;
    private final Set<Role> roles;

    MemberTrust(X509Certificate authority, Revocations revocations, Set<Role> roles) {
        this.members = new MemberCheck(authority);
        this.revocations = revocations;
        this.roles = Set.copyOf(roles);
    }

    @Override
    void check(X509Certificate[] chain) throws CertificateException {
        if (chain == null || chain.length == 0) {
            throw new CertificateException("no certificate was shown");
        }
        Peer peer = members.check(chain[0]);
        if (!roles.contains(peer.role())) {
            throw new CertificateException(
                    "a certificate of role " + peer.role().word() + " is not for this");
        }
        if (revocations.contains(peer.id())) {
            throw new CertificateException("node " + peer.id() + " has been revoked");
        }
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[] {members.authority()};
    }
}
