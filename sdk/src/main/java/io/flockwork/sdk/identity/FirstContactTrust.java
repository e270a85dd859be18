package io.flockwork.sdk.identity;

import io.flockwork.sdk.model.NodeId;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

/** Trusts the coordinator whose authority has the fingerprint that a join link names. */
final class FirstContactTrust extends PeerTrust {
    private final NodeId grid;

    FirstContactTrust(NodeId grid) {
        this.grid = grid;
    }

    @Override
    void check(X509Certificate[] chain) throws CertificateException {
        if (chain.length != 2 || !NodeId.ofKey(chain[1].getPublicKey()).equals(grid)) {
            throw new ForeignGridException();
        }
        Peer peer = new MemberCheck(chain[1]).check(chain[0]);
        if (peer.role() != Role.COORDINATOR) {
            throw new CertificateException("the one who answers is not the grid's coordinator");
        }
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
