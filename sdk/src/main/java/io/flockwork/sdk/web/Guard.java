package io.flockwork.sdk.web;

import io.flockwork.sdk.identity.Scope;
import io.flockwork.sdk.identity.Token;
import io.flockwork.sdk.serve.Allowance;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import java.net.URI;
import java.util.Set;
import java.util.function.LongSupplier;

/** The API's door: who comes, how often, and whether it was the caller's own wish. Safe for use by many threads. */
public final class Guard {
    private static final String CALLER = "caller";
    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final int MOST_KNOWN = 20_000;

    private final Callers callers;
    private final LongSupplier nanos;
    private final Allowance<String> members = new Allowance<>(200, 2_000, MOST_KNOWN);
    /** To look at a token costs milliseconds, also at a wrong one. */
    private final Allowance<String> unknown = new Allowance<>(20, 200, MOST_KNOWN);

    private final Allowance<String> strangers = new Allowance<>(50, 500, MOST_KNOWN);

    public Guard(Callers callers, LongSupplier nanos) {
        this.callers = callers;
        this.nanos = nanos;
    }

    /** Goes before every other handler, and before bodies are read. */
    public SecurityPolicyHandler admission() {
        return this::admit;
    }

    private void admit(RoutingContext request) {
        HttpServerRequest asked = request.request();
        requireNoSecretInAddress(asked);
        if (callers.isNew(asked) && !unknown.take(address(asked), nanos.getAsLong())) {
            throw new Problem(429, "you ask too often; wait a moment");
        }
        Caller caller = callers.of(asked);
        if (!mayAsk(caller, asked)) {
            throw new Problem(429, "you ask too often; wait a moment");
        }
        if (Callers.isByCookie(asked)) {
            requireOwnWish(asked);
        }
        request.put(CALLER, caller);
        request.response().putHeader("cache-control", "no-store").putHeader("x-content-type-options", "nosniff");
        request.next();
    }

    /** The coordinator asks for many, and has counted them itself. */
    private boolean mayAsk(Caller caller, HttpServerRequest asked) {
        return caller.member()
                .map(member -> members.take(member.id().value(), nanos.getAsLong()))
                .orElseGet(() -> Callers.isCoordinator(asked) || strangers.take(address(asked), nanos.getAsLong()));
    }

    private static String address(HttpServerRequest request) {
        return request.remoteAddress().hostAddress();
    }

    /** Addresses end in logs and histories. */
    static void requireNoSecretInAddress(HttpServerRequest request) {
        String query = request.query();
        if (query != null && (query.contains(Token.PREFIX) || query.contains("token="))) {
            throw Problem.badRequest(
                    "a token has no place in an address, which others may read; send it as a header: Authorization: Bearer TOKEN");
        }
    }

    /** Nobody is signed in, as somebody else, or out, by another site's page; programs say nothing of pages. */
    public static void requireNoOtherPage(HttpServerRequest request) {
        if (request.getHeader("sec-fetch-site") != null || request.getHeader("origin") != null) {
            requireOwnPage(request);
        }
    }

    /** What changes something must be wished by a page of ours. */
    static void requireOwnWish(HttpServerRequest request) {
        if (!SAFE.contains(request.method())) {
            requireOwnPage(request);
        }
    }

    /** A cookie goes along whoever makes a browser send a request, so the request must be of a page of ours. */
    static void requireOwnPage(HttpServerRequest request) {
        String site = request.getHeader("sec-fetch-site");
        String origin = request.getHeader("origin");
        boolean isOwn =
                site != null ? site.equals("same-origin") : origin != null && isHere(origin, request.authority());
        if (!isOwn) {
            throw new Problem(403, "this request was sent by another site's page");
        }
    }

    private static boolean isHere(String origin, HostAndPort here) {
        try {
            return here != null && here.toString().equals(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    /** Who has been admitted. */
    public static Caller caller(RoutingContext request) {
        return request.get(CALLER);
    }

    /** Lets those pass who may do this. */
    public static SecurityPolicyHandler only(Scope scope) {
        return request -> {
            Caller caller = caller(request);
            if (caller.may(scope)) {
                request.next();
            } else if (caller.member().isEmpty()) {
                throw new Problem(401, "sign in first, or send a token: Authorization: Bearer TOKEN");
            } else {
                throw new Problem(
                        403,
                        "your token is not for '" + scope.word()
                                + "'; flockwork token --scope makes one that is, where your role allows it");
            }
        };
    }
}
