package io.flockwork.sdk.web;

import io.flockwork.sdk.identity.Token;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
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
    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD);
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
                .handler(this::enter);
        router.delete(SESSION).handler(this::leave);
        router.get(SESSION).handler(request -> {
            if (isIn(request)) {
                proxy.pass(request);
            } else {
                request.json(new JsonObject().put("signedIn", false).put("public", false));
            }
        });
        router.route("/api/v1/*").handler(this::pass).failureHandler(DashboardRoutes::failed);
    }

    /** A name that leads here from elsewhere (DNS rebinding) is not ours. */
    private void requireThisMachine(RoutingContext request) {
        String host = request.request().getHeader("host");
        if (("127.0.0.1:" + port).equals(host) || ("localhost:" + port).equals(host)) {
            request.next();
        } else {
            refuse(request, 403, "this is for browsers on this machine, at 127.0.0.1:" + port);
        }
    }

    private String cookieName() {
        return "flockwork-" + port;
    }

    private void enter(RoutingContext request) {
        if (!isOwnPage(request.request())) {
            refuse(request, 403, "this request was sent by another site's page");
            return;
        }
        if (!opens(request.body().buffer())) {
            refuse(
                    request,
                    401,
                    "the link has been used, or is another one's; run flockwork dashboard again for a new one");
            return;
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
        if (!isOwnPage(request.request())) {
            refuse(request, 403, "this request was sent by another site's page");
            return;
        }
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
            refuse(request, 401, "open the link that flockwork dashboard has printed");
        } else if (!SAFE.contains(request.request().method()) && !isOwnPage(request.request())) {
            refuse(request, 403, "this request was sent by another site's page");
        } else if (String.valueOf(request.request().query()).contains(Token.PREFIX)) {
            refuse(request, 400, "a token has no place in an address");
        } else {
            proxy.pass(request);
        }
    }

    private boolean isOwnPage(HttpServerRequest request) {
        String site = request.getHeader("sec-fetch-site");
        String origin = request.getHeader("origin");
        return site != null ? site.equals("same-origin") : ("http://" + request.getHeader("host")).equals(origin);
    }

    private static void failed(RoutingContext request) {
        if (request.failure() instanceof Problem problem) {
            problem.send(request);
        } else {
            request.next();
        }
    }

    private static void refuse(RoutingContext request, int status, String sentence) {
        new Problem(status, sentence).send(request);
    }
}
