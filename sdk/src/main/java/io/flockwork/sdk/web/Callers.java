package io.flockwork.sdk.web;

import io.flockwork.sdk.identity.GridTls;
import io.flockwork.sdk.identity.MemberCheck;
import io.flockwork.sdk.identity.Peer;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.identity.Token;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import java.security.cert.CertificateException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out who sends a request: by a token in its {@code Authorization} header (RFC 6750) or in the cookie that a browser keeps, else
 * by the certificate of its connection. Safe for use by many threads.
 */
public final class Callers {
    /** The prefix has browsers refuse it from other hosts and in the clear (RFC 6265bis, section 4.1.3.2). */
    public static final String COOKIE = "__Host-flockwork";

    /** By which a coordinator says that anybody may look at its grid. */
    public static final String OPEN = "Flockwork-Open";

    private static final String BEARER = "Bearer ";
    private static final int MOST_REMEMBERED = 1_000;

    private final GridTls tls;
    private final MemberCheck members;
    private final boolean isOpen;
    private final Clock clock;
    /** Checking a token takes a millisecond. */
    private final Map<String, Caller> remembered = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Caller> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    /** @param isOpen true when anybody may look at the grid here */
    public Callers(GridTls tls, boolean isOpen, Clock clock) {
        this.tls = tls;
        this.members = new MemberCheck(tls.credentials().authority());
        this.isOpen = isOpen;
        this.clock = clock;
    }

    /** @throws Problem when the caller claims to be somebody and is not */
    public Caller of(HttpServerRequest request) {
        Optional<Peer> connected = peer(request);
        boolean isCoordinator = connected.filter(Callers::isCoordinator).isPresent();
        boolean isOpenHere = isOpen || isCoordinator && "true".equals(request.getHeader(OPEN));
        Optional<String> text = shown(request);
        if (text.isPresent()) {
            return by(text.get()).lookingAt(isOpenHere);
        }
        return connected
                .filter(peer -> !isCoordinator)
                .map(this::requireNotRevoked)
                .map(Caller::itself)
                .orElseGet(Caller::anybody)
                .lookingAt(isOpenHere);
    }

    /** True when the grid's coordinator passes on what somebody has asked it. */
    static boolean isCoordinator(HttpServerRequest request) {
        return peer(request).filter(Callers::isCoordinator).isPresent();
    }

    private static boolean isCoordinator(Peer peer) {
        return peer.role() == Role.COORDINATOR;
    }

    /** The member at the other end of the connection, by its certificate. */
    public static Optional<Peer> peer(HttpServerRequest request) {
        try {
            return Optional.of(Peer.of(request.connection().sslSession()));
        } catch (CertificateException stranger) {
            return Optional.empty();
        }
    }

    private static Optional<String> bearer(HttpServerRequest request) {
        String header = request.getHeader("authorization");
        if (header == null) {
            return Optional.empty();
        }
        if (!header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw new Problem(401, "the Authorization header is 'Bearer' and a token; flockwork token makes one");
        }
        return Optional.of(header.substring(BEARER.length()).strip());
    }

    private static Optional<String> cookie(HttpServerRequest request) {
        return Optional.ofNullable(request.getCookie(COOKIE)).map(Cookie::getValue);
    }

    private static Optional<String> shown(HttpServerRequest request) {
        return bearer(request).or(() -> cookie(request));
    }

    /** True when the caller shows a token that has not been looked at yet. */
    boolean isNew(HttpServerRequest request) {
        return shown(request).filter(text -> known(text).isEmpty()).isPresent();
    }

    /** True while whoever was admitted may still listen. */
    public boolean isStillGood(Caller caller) {
        return caller.member()
                        .filter(peer -> tls.revocations().contains(peer.id()))
                        .isEmpty()
                && caller.token()
                        .filter(token -> clock.instant().isAfter(token.expires()))
                        .isEmpty();
    }

    /** True when the browser sends the cookie by itself, whoever made it send the request. */
    static boolean isByCookie(HttpServerRequest request) {
        return request.getHeader("authorization") == null && request.getCookie(COOKIE) != null;
    }

    /** @throws Problem when this is no token that is good now */
    public Caller by(String text) {
        Caller caller = known(text).orElseGet(() -> checked(text));
        requireNotRevoked(caller.member().orElseThrow());
        if (clock.instant().isAfter(caller.token().orElseThrow().expires())) {
            throw new Problem(401, "the token has expired");
        }
        return caller;
    }

    private synchronized Optional<Caller> known(String text) {
        return Optional.ofNullable(remembered.get(text));
    }

    private Caller checked(String text) {
        try {
            Token token = Token.parse(text);
            Caller caller = Caller.by(token.check(members, clock.instant()), token);
            synchronized (this) {
                remembered.put(text, caller);
            }
            return caller;
        } catch (IllegalArgumentException | CertificateException wrong) {
            throw new Problem(401, wrong.getMessage());
        }
    }

    private Peer requireNotRevoked(Peer peer) {
        if (tls.revocations().contains(peer.id())) {
            throw new Problem(401, "this member has been revoked");
        }
        return peer;
    }
}
