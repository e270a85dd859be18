package io.flockwork.worker.api;

import io.flockwork.sdk.identity.Peer;
import io.flockwork.sdk.identity.Scope;
import io.flockwork.sdk.identity.Token;
import io.flockwork.sdk.web.Caller;
import io.flockwork.sdk.web.Callers;
import io.flockwork.sdk.web.Guard;
import io.flockwork.sdk.web.Problem;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Duration;

/** Signing in and out, for browsers: a token is kept in a cookie that no script can read. No core remembers it. */
final class SessionRoutes {
    private final Callers callers;
    private final Clock clock;

    SessionRoutes(Callers callers, Clock clock) {
        this.callers = callers;
        this.clock = clock;
    }

    void mount(Router api) {
        api.get("/session").handler(request -> request.json(describe(Guard.caller(request))));
        api.post("/session").handler(Bodies.json(Token.LONGEST + 100)).handler(this::signIn);
        api.delete("/session").handler(this::signOut);
    }

    private static JsonObject describe(Caller caller) {
        JsonObject session =
                new JsonObject().put("signedIn", caller.member().isPresent()).put("public", caller.isOpen());
        caller.member().ifPresent(member -> session.mergeIn(describe(member, caller)));
        caller.token().ifPresent(token -> session.put("expires", token.expires().toString()));
        return session;
    }

    private static JsonObject describe(Peer member, Caller caller) {
        return new JsonObject()
                .put("member", member.id().value())
                .put("operator", member.operator())
                .put("role", member.role().word())
                .put(
                        "scopes",
                        new JsonArray(caller.scopes().stream()
                                .sorted()
                                .map(Scope::word)
                                .toList()));
    }

    private void signIn(RoutingContext request) {
        Guard.requireNoOtherPage(request.request());
        if (!(Bodies.object(request).getValue("token") instanceof String text)) {
            throw Problem.badRequest("'token' is missing or not a text");
        }
        Token token = callers.by(text.strip()).token().orElseThrow();
        long seconds = Duration.between(clock.instant(), token.expires()).toSeconds();
        request.response().addCookie(cookie(token.text()).setMaxAge(Math.max(1, seconds)));
        request.response().setStatusCode(204).end();
    }

    private void signOut(RoutingContext request) {
        Guard.requireNoOtherPage(request.request());
        request.response().addCookie(cookie("").setMaxAge(0));
        request.response().setStatusCode(204).end();
    }

    private static Cookie cookie(String value) {
        return Cookie.cookie(Callers.COOKIE, value)
                .setPath("/")
                .setSecure(true)
                .setHttpOnly(true)
                .setSameSite(CookieSameSite.STRICT);
    }
}
