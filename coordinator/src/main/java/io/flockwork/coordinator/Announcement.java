package io.flockwork.coordinator;

import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.NodeId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;

/** What a core says of itself. */
record Announcement(Core core, boolean up) {
    /** @throws IllegalArgumentException with one sentence, when {@code body} is not one */
    static Announcement parse(Buffer body) {
        JsonObject json = object(body);
        String state = text(json, "state");
        if (!state.equals("joining") && !state.equals("up")) {
            throw new IllegalArgumentException("state is 'joining' or 'up'");
        }
        Core core = new Core(
                new NodeId(text(json, "id")), Address.parse(text(json, "gateway")), Address.parse(text(json, "mesh")));
        return new Announcement(core, state.equals("up"));
    }

    private static JsonObject object(Buffer body) {
        try {
            if (body != null && Json.decodeValue(body) instanceof JsonObject object) {
                return object;
            }
        } catch (DecodeException malformed) {
            throw new IllegalArgumentException("the body is not a JSON object", malformed);
        }
        throw new IllegalArgumentException("the body is not a JSON object");
    }

    private static String text(JsonObject json, String field) {
        if (json.getValue(field) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("'" + field + "' is missing or not a text");
    }
}
