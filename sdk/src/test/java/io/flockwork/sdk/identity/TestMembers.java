package io.flockwork.sdk.identity;

import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.time.Instant;
import java.util.EnumSet;

/** Members of one grid, for tests that need real certificates. */
public final class TestMembers {
    public static final Authority AUTHORITY = Authority.create(Instant.now());

    private TestMembers() {}

    /** A new member's TLS. */
    public static GridTls of(Role role) {
        return new GridTls(AUTHORITY.enrol(NodeKeys.generate(), role, "tester", Instant.now()));
    }

    /** A server as a core's is. */
    public static HttpServerOptions server() {
        return server(of(Role.CORE));
    }

    /** This core's server. */
    public static HttpServerOptions server(GridTls core) {
        return new HttpServerOptions()
                .setHost("127.0.0.1")
                .setPort(0)
                .setSsl(true)
                .setKeyCertOptions(KeyCertOptions.wrap(core.keyManager()))
                .setTrustOptions(TrustOptions.wrap(core.trust(EnumSet.allOf(Role.class))))
                .setClientAuth(ClientAuth.REQUIRED);
    }
}
