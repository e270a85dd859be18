package io.flockwork.coordinator;

import io.flockwork.sdk.cli.DurationConverter;
import io.flockwork.sdk.identity.GridTls;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.identity.Scope;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.web.Callers;
import io.flockwork.sdk.web.GridProxy;
import io.flockwork.sdk.web.Guard;
import io.flockwork.sdk.web.Pages;
import io.flockwork.sdk.web.Problem;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import picocli.CommandLine.TypeConversionException;

/**
 * The coordinator for people: the dashboard's pages, and invitations. All else that the pages ask is passed on to a core, so that the
 * coordinator knows no more of the grid than it must. Runs on one event loop, hence without locks.
 */
final class Web {
    private static final String API = "/api/v1";

    private final Vertx vertx;
    private final Registry registry;
    private final String pin;
    private final Address address;
    private final Callers callers;
    private final GridProxy proxy;
    private final Clock clock;

    /**
     * @param pin of the coordinator's public key, as {@link Pin} writes it
     * @param isOpen true when anybody may look at the grid
     */
    Web(
            Vertx vertx,
            Registry registry,
            String pin,
            GridTls tls,
            Address address,
            Roll roll,
            Clock clock,
            boolean isOpen) {
        this.vertx = vertx;
        this.registry = registry;
        this.pin = pin;
        this.address = address;
        this.callers = new Callers(tls, isOpen, clock);
        this.clock = clock;
        this.proxy = new GridProxy(
                vertx,
                tls,
                Role.CORE,
                () -> roll.up(clock.millis()).stream().map(Core::gateway).toList(),
                headers -> addressed(headers, isOpen));
    }

    /** Only we say whether the grid is open. */
    private static void addressed(MultiMap headers, boolean isOpen) {
        headers.remove(Callers.OPEN);
        if (isOpen) {
            headers.set(Callers.OPEN, "true");
        }
    }

    void mount(Router router) {
        new Pages().mount(router);
        Guard guard = new Guard(callers, System::nanoTime);
        Router own = Router.router(vertx);
        own.get("/join")
                .handler(guard.admission())
                .handler(Guard.only(Scope.READ))
                .handler(this::join);
        own.post("/invitations")
                .handler(guard.admission())
                .handler(Guard.only(Scope.OPERATE))
                .handler(Replies.body())
                .handler(this::invite);
        own.route().handler(proxy::pass);
        own.route().failureHandler(Problem::tell);
        router.route(API + "/*").subRouter(own);
    }

    private void join(RoutingContext request) {
        request.json(new JsonObject()
                .put("coordinator", address.toString())
                .put("pin", pin)
                .put("mayInvite", Guard.caller(request).may(Scope.OPERATE)));
    }

    private void invite(RoutingContext request) {
        Terms terms = terms(request);
        request.vertx()
                .executeBlocking(() -> new Invited(registry.invite(terms.from(clock.millis())), pin))
                .onSuccess(invited -> request.response()
                        .setStatusCode(201)
                        .putHeader("content-type", "application/json")
                        .end(json(invited, terms.role()).encode()))
                .onFailure(request::fail);
    }

    private static Terms terms(RoutingContext request) {
        try {
            JsonObject json = request.body().asJsonObject();
            if (json == null) {
                throw Problem.badRequest("the body is to be a JSON object");
            }
            long seconds = new DurationConverter()
                    .convert(String.valueOf(json.getValue("expires", "7d")))
                    .toSeconds();
            return Terms.of(json.copy().put("seconds", seconds));
        } catch (DecodeException | ClassCastException | TypeConversionException malformed) {
            throw Problem.badRequest(
                    "an invitation has a role, a number of uses, and a time like 7d after which it expires");
        }
    }

    /** The one line to copy, for a machine that has Flockwork and for one that has not. */
    private static JsonObject json(Invited invited, Role role) {
        String link = invited.link().text();
        JsonObject lines = role.works()
                ? new JsonObject()
                        .put("install", invited.installLine())
                        .put("source", "./flockwork worker --join '" + link + "'")
                : new JsonObject().put("source", "./flockwork login '" + link + "'");
        return new JsonObject().put("link", link).put("lines", lines);
    }
}
