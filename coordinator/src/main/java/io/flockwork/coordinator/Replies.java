package io.flockwork.coordinator;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the coordinator answers: in JSON, also when it refuses. */
final class Replies {
    private static final Logger LOG = LoggerFactory.getLogger(Replies.class);
    private static final int LONGEST_BODY = 64 << 10;

    private Replies() {}

    /** Reads a body that is not too long. */
    static BodyHandler body() {
        return BodyHandler.create(false).setBodyLimit(LONGEST_BODY);
    }

    static void json(RoutingContext context, int status, JsonObject body) {
        if (!context.response().ended() && !context.response().closed()) {
            context.response()
                    .setStatusCode(status)
                    .putHeader("content-type", "application/json")
                    .end(body.toBuffer());
        }
    }

    static void failed(RoutingContext context) {
        if (context.failure() instanceof Refusal refusal) {
            refuse(context, refusal.status(), refusal.getMessage());
            return;
        }
        if (context.failure() instanceof IllegalArgumentException bad) {
            refuse(context, 400, bad.getMessage());
            return;
        }
        int status = context.statusCode() < 400 ? 500 : context.statusCode();
        if (status == 500) {
            LOG.error("a request failed", context.failure());
        }
        refuse(context, status, why(status, context));
    }

    private static String why(int status, RoutingContext context) {
        return switch (status) {
            case 404 -> "there is nothing at " + context.request().path();
            case 405 -> "that is not done with " + context.request().method();
            case 413 -> "a body has at most " + LONGEST_BODY + " bytes";
            case 500 -> "the coordinator failed to answer";
            default -> "the request is malformed";
        };
    }

    private static void refuse(RoutingContext context, int status, String sentence) {
        json(context, status, new JsonObject().put("error", sentence));
    }
}
