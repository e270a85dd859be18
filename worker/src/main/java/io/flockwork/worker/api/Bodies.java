package io.flockwork.worker.api;

import io.flockwork.sdk.web.Problem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;

/** Requests' bodies, bounded before they are parsed. */
final class Bodies {
    private Bodies() {}

    /** Reads a short body. */
    static BodyHandler json(int mostBytes) {
        return BodyHandler.create(false).setBodyLimit(mostBytes);
    }

    /** @throws Problem when the body is something else */
    static JsonObject object(RoutingContext request) {
        try {
            Buffer body = request.body().buffer();
            if (body != null && Json.decodeValue(body) instanceof JsonObject object) {
                return object;
            }
        } catch (DecodeException malformed) {
            throw Problem.badRequest("the body is not JSON");
        }
        throw Problem.badRequest("the body is to be a JSON object");
    }
}
