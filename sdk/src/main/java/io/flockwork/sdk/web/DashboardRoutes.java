package io.flockwork.sdk.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets one browser on this machine, the one that knows the secret of the link, act with the user's identity. Others that find the port
 * get the pages and nothing of the grid; another site's page that has a browser ask here gets nothing at all. Runs on one event loop.
 */
final class DashboardRoutes {
    private static final String SESSION = "/api/v1/session";
    private static final int SECRET_BYTES = 24;
    private static final int MOST_BODY_BYTES = 8 << 10;

    private final SecureRandom random = new SecureRandom();
    private final Set<String> sessions = ConcurrentHashMap.newKeySet();
    private final int port;
    private final GridProxy proxy;
    private String secret;

    DashboardRoutes(int port, GridProxy proxy) {
        this.port = port;
        this.proxy = proxy;
        this.secret = fresh();
    }

    /** Once; then it opens nothing. */
    String secret() {
        return secret;
    }

    private String fresh() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    void mount(Router router) {
        router.route().handler(this::requireThisMachine);
        new Pages().mount(router);
        router.post(SESSION)
                .handler(BodyHandler.create(false).setBodyLimit(MOST_BODY_BYTES))
                .handler(this::enter)
                .failureHandler(Problem::tell);
        router.delete(SESSION).handler(this::leave).failureHandler(Problem::tell);
        router.get(SESSION).handler(request -> {
            if (isIn(request)) {
                proxy.pass(request);
            } else {
                request.json(new JsonObject().put("signedIn", false).put("public", false));
            }
        });
        router.route("/api/v1/*").handler(this::pass).failureHandler(Problem::tell);
    }

    /** A name that leads here from elsewhere (DNS rebinding) is not ours. */
    private void requireThisMachine(RoutingContext request) {
        String host = request.request().getHeader("host");
        if (("127.0.0.1:" + port).equals(host) || ("localhost:" + port).equals(host)) {
            request.next();
        } else {
            new Problem(403, "this is for browsers on this machine, at 127.0.0.1:" + port).send(request);
        }
    }

    private String cookieName() {
        return "flockwork-" + port;
    }

    private void enter(RoutingContext request) {
        Guard.requireOwnPage(request.request());
        if (!opens(request.body().buffer())) {
            throw new Problem(
                    401, "the link has been used, or is another one's; run flockwork dashboard again for a new one");
        }
        secret = "";
        String session = fresh();
        sessions.add(session);
        request.response()
                .addCookie(Cookie.cookie(cookieName(), session)
                        .setPath("/")
                        .setHttpOnly(true)
                        .setSameSite(CookieSameSite.STRICT))
                .setStatusCode(204)
                .end();
    }

    private boolean opens(Buffer body) {
        try {
            String given = body == null ? null : new JsonObject(body).getString("secret");
            return given != null
                    && !secret.isEmpty()
                    && MessageDigest.isEqual(
                            given.getBytes(StandardCharsets.UTF_8), secret.getBytes(StandardCharsets.UTF_8));
        } catch (DecodeException | ClassCastException malformed) {
            return false;
        }
    }

    private void leave(RoutingContext request) {
        Guard.requireOwnPage(request.request());
        Cookie cookie = request.request().getCookie(cookieName());
        if (cookie != null) {
            sessions.remove(cookie.getValue());
        }
        request.response().setStatusCode(204).end();
    }

    private boolean isIn(RoutingContext request) {
        Cookie cookie = request.request().getCookie(cookieName());
        return cookie != null && sessions.contains(cookie.getValue());
    }

    private void pass(RoutingContext request) {
        if (!isIn(request)) {
            throw new Problem(401, "open the link that flockwork dashboard has printed");
        }
        Guard.requireOwnWish(request.request());
        Guard.requireNoSecretInAddress(request.request());
        proxy.pass(request);
    }
}
