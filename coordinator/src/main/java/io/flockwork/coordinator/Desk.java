package io.flockwork.coordinator;

import io.flockwork.sdk.model.NodeId;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers over HTTP, in JSON. Runs on one event loop, hence without locks. */
final class Desk implements Handler<HttpServerRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(Desk.class);
    private static final int LONGEST_BODY = 64 << 10;

    private final Vertx vertx;
    private final Router router;
    private final NodeId grid;
    private final Records records;
    private final Roll roll;
    private final Clock clock;
    private List<Core> written;

    Desk(Vertx vertx, NodeId grid, Records records, Roll roll, Clock clock, InstallDesk installer) {
        this.vertx = vertx;
        this.grid = grid;
        this.records = records;
        this.roll = roll;
        this.clock = clock;
        this.written = roll.remembered();
        this.router = Router.router(vertx);
        router.post("/mesh/announce")
                .handler(BodyHandler.create(false).setBodyLimit(LONGEST_BODY))
                .handler(this::announce);
        router.get("/mesh/cores").handler(this::cores);
        installer.mount(router);
        router.route().failureHandler(Desk::failed);
        for (int status : new int[] {400, 404, 405, 413, 500}) {
            router.errorHandler(status, Desk::failed);
        }
    }

    @Override
    public void handle(HttpServerRequest request) {
        router.handle(request);
    }

    private void announce(RoutingContext context) {
        Announcement announcement = Announcement.parse(context.body().buffer());
        Optional<Answer> answer = roll.announce(announcement.core(), announcement.up(), clock.millis());
        if (answer.isEmpty()) {
            refuse(context, 503, "the coordinator knows as many cores as it can");
            return;
        }
        saveWhenChanged().onComplete(saved -> {
            if (saved.failed()) {
                LOG.warn(
                        "the cores' addresses were not written down: {}",
                        saved.cause().getMessage());
            }
            reply(context, 200, json(answer.get()));
        });
    }

    /** On disk before the core hears that it is known. */
    private Future<Void> saveWhenChanged() {
        List<Core> now = roll.remembered();
        if (now.equals(written)) {
            return Future.succeededFuture();
        }
        written = now;
        return vertx.executeBlocking(() -> {
            records.remember(now);
            return null;
        });
    }

    private JsonObject json(Answer answer) {
        JsonArray cores = new JsonArray();
        for (Answer.Listed listed : answer.cores()) {
            cores.add(brief(listed.core())
                    .put("mesh", listed.core().mesh().toString())
                    .put("state", listed.state().name().toLowerCase(Locale.ROOT)));
        }
        return new JsonObject()
                .put("grid", grid.value())
                .put("found", answer.advice() == Answer.Advice.FOUND)
                .put("wait", answer.advice() == Answer.Advice.WAIT)
                .put("cores", cores);
    }

    private void cores(RoutingContext context) {
        JsonArray cores = new JsonArray();
        roll.up(clock.millis()).forEach(core -> cores.add(brief(core)));
        reply(context, 200, new JsonObject().put("grid", grid.value()).put("cores", cores));
    }

    private static JsonObject brief(Core core) {
        return new JsonObject()
                .put("id", core.id().value())
                .put("gateway", core.gateway().toString());
    }

    private static void failed(RoutingContext context) {
        if (context.failure() instanceof IllegalArgumentException bad) {
            refuse(context, 400, bad.getMessage());
            return;
        }
        int status = context.statusCode() < 400 ? 500 : context.statusCode();
        if (status == 500) {
            LOG.error("a request failed", context.failure());
        }
        refuse(context, status, why(status, context.request()));
    }

    private static String why(int status, HttpServerRequest request) {
        return switch (status) {
            case 404 -> "there is nothing at " + request.path();
            case 405 -> "that is not done with " + request.method();
            case 413 -> "a body has at most " + LONGEST_BODY + " bytes";
            case 500 -> "the coordinator failed to answer";
            default -> "the request is malformed";
        };
    }

    private static void refuse(RoutingContext context, int status, String sentence) {
        reply(context, status, new JsonObject().put("error", sentence));
    }

    private static void reply(RoutingContext context, int status, JsonObject body) {
        if (!context.response().ended() && !context.response().closed()) {
            context.response()
                    .setStatusCode(status)
                    .putHeader("content-type", "application/json")
                    .end(body.toBuffer());
        }
    }
}
