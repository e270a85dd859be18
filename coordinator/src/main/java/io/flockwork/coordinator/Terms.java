package io.flockwork.coordinator;

import io.flockwork.sdk.identity.Role;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Set;

/**
 * What an operator asks a link for.
 *
 * @param referee true when the newcomers' answers are to decide where others disagree
 * @param operator whom the newcomers will belong to; empty: each is its own operator
 * @param life how long the link is good for
 */
record Terms(Role role, boolean referee, String operator, int uses, Duration life) {
    private static final Duration LONGEST = Duration.ofDays(3650);

    Terms {
        if (life.isNegative() || life.isZero() || life.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a link expires after 1 second to 3650 days");
        }
        if (referee && role != Role.CORE) {
            throw new IllegalArgumentException("a referee is a core worker: --role core --referee");
        }
    }

    Invitation from(long nowMillis) {
        return new Invitation(role, referee, operator, uses, nowMillis + life.toMillis(), false, Set.of());
    }

    JsonObject json() {
        return new JsonObject()
                .put("role", role.word())
                .put("referee", referee)
                .put("operator", operator)
                .put("uses", uses)
                .put("seconds", life.toSeconds());
    }

    /** @throws IllegalArgumentException with one sentence when they are malformed */
    static Terms of(JsonObject json) {
        return new Terms(
                Role.invited(text(json, "role")),
                json.getValue("referee", false).equals(true),
                text(json, "operator"),
                Math.toIntExact(Math.min(Integer.MAX_VALUE, Math.max(0, number(json, "uses", 1)))),
                Duration.ofSeconds(number(json, "seconds", 0)));
    }

    private static String text(JsonObject json, String field) {
        if (json.getValue(field, "") instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("'" + field + "' is not a text");
    }

    private static long number(JsonObject json, String field, long without) {
        Object given = json.getValue(field, without);
        if (given instanceof Integer || given instanceof Long) {
            return ((Number) given).longValue();
        }
        throw new IllegalArgumentException("'" + field + "' is not a whole number");
    }
}
