package io.flockwork.sdk.identity;

import io.flockwork.sdk.model.NodeId;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Trusts the coordinator whose authority has the fingerprint that a join link names. */
final class FirstContactTrust extends X509ExtendedTrustManager {
    private final NodeId grid;

    FirstContactTrust(NodeId grid) {
        this.grid = grid;
    }

    private void requireCoordinator(X509Certificate[] chain) throws CertificateException {
        if (chain.length != 2 || !NodeId.ofKey(chain[1].getPublicKey()).equals(grid)) {
            throw new ForeignGridException();
        }
        Peer peer = new MemberCheck(chain[1]).check(chain[0]);
        if (peer.role() != Role.COORDINATOR) {
            throw new CertificateException("the one who answers is not the grid's coordinator");
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyExchange) throws CertificateException {
        requireCoordinator(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyExchange, Socket socket)
            throws CertificateException {
        requireCoordinator(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyExchange, SSLEngine engine)
            throws CertificateException {
        requireCoordinator(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String keyExchange) throws CertificateException {
        throw new CertificateException("a newcomer is dialled by nobody");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String keyExchange, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, keyExchange);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String keyExchange, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, keyExchange);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
