package io.flockwork.sdk.identity;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/** Shows one node's certificate, to whoever asks. The authority's follows it, so that newcomers can check its fingerprint. */
final class OwnCertificate extends X509ExtendedKeyManager {
    private static final String ALIAS = "node";

    private final Credentials credentials;

    OwnCertificate(Credentials credentials) {
        this.credentials = credentials;
    }

    private static String aliasFor(String... keyTypes) {
        for (String type : keyTypes) {
            if (type.startsWith(NodeKeys.EC)) {
                return ALIAS;
            }
        }
        return null;
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        return new String[] {ALIAS};
    }

    @Override
    public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
        return aliasFor(keyTypes);
    }

    @Override
    public String chooseEngineClientAlias(String[] keyTypes, Principal[] issuers, SSLEngine engine) {
        return aliasFor(keyTypes);
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        return new String[] {ALIAS};
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return aliasFor(keyType);
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
        return aliasFor(keyType);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return new X509Certificate[] {credentials.certificate(), credentials.authority()};
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return credentials.keys().tls().getPrivate();
    }
}
