package io.flockwork.sdk.identity;

import io.flockwork.sdk.model.NodeId;
import java.security.GeneralSecurityException;
import java.util.EnumSet;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509KeyManager;

/** How one node speaks TLS with the other members of its grid: its own certificate, and whom it trusts. Safe for use by many threads. */
public final class GridTls {
    /** The only version spoken (RFC 8446). */
    public static final String PROTOCOL = "TLSv1.3";

    /** Whom to expect where a node has dialled. */
    public static final Set<Role> SERVERS = EnumSet.of(Role.COORDINATOR, Role.CORE);

    private static final int SESSION_SECONDS = 1;

    private final Credentials credentials;
    private final Revocations revocations;

    public GridTls(Credentials credentials, Revocations revocations) {
        this.credentials = credentials;
        this.revocations = revocations;
    }

    /** A node's TLS with nobody revoked yet. */
    public GridTls(Credentials credentials) {
        this(credentials, new Revocations(credentials.authority()));
    }

    /** Who this node is. */
    public Credentials credentials() {
        return credentials;
    }

    /** Who is a member no more. */
    public Revocations revocations() {
        return revocations;
    }

    /** Shows this node's certificate. */
    public X509KeyManager keyManager() {
        return new OwnCertificate(credentials);
    }

    /** Trusts the grid's members in these roles, unless revoked. */
    public X509ExtendedTrustManager trust(Set<Role> roles) {
        return new MemberTrust(credentials.authority(), revocations, roles);
    }

    /** Trusts them also when revoked: for a server that has nothing to say to such a node but that it has been revoked. */
    public X509ExtendedTrustManager trustAlsoRevoked(Set<Role> roles) {
        return new MemberTrust(credentials.authority(), new Revocations(credentials.authority()), roles);
    }

    /** True when this node has heard that it is a member no more. */
    public boolean isRevoked() {
        return revocations.contains(credentials.keys().id());
    }

    /** For connections, in or out, whose other ends have one of these roles. */
    public SSLContext context(Set<Role> roles) {
        return context(new KeyManager[] {keyManager()}, trust(roles));
    }

    /** For a newcomer, who has no certificate and knows only the grid's id: trusts that grid's coordinator. */
    public static SSLContext joining(NodeId grid) {
        return context(new KeyManager[0], new FirstContactTrust(grid));
    }

    private static SSLContext context(KeyManager[] keys, TrustManager trust) {
        try {
            SSLContext context = SSLContext.getInstance(PROTOCOL);
            context.init(keys, new TrustManager[] {trust}, null);
            // A session that is taken up again is not checked again, and its node may have been revoked since.
            context.getClientSessionContext().setSessionTimeout(SESSION_SECONDS);
            context.getServerSessionContext().setSessionTimeout(SESSION_SECONDS);
            return context;
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java does not speak TLS 1.3", missing);
        }
    }
}
