package io.flockwork.coordinator;

import io.flockwork.sdk.identity.Role;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Set;

/**
 * What an operator asks a link for.
 *
 * @param operator whom the newcomers will belong to; empty: each is its own operator
 * @param life how long the link is good for
 */
record Terms(Role role, String operator, int uses, Duration life) {
    private static final Duration LONGEST = Duration.ofDays(3650);

    Terms {
        if (life.isNegative() || life.isZero() || life.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a link expires after 1 second to 3650 days");
        }
    }

    Invitation from(long nowMillis) {
        return new Invitation(role, operator, uses, nowMillis + life.toMillis(), false, Set.of());
    }

    JsonObject json() {
        return new JsonObject()
                .put("role", role.word())
                .put("operator", operator)
                .put("uses", uses)
                .put("seconds", life.toSeconds());
    }

    /** @throws IllegalArgumentException with one sentence when they are malformed */
    static Terms of(JsonObject json) {
        try {
            return new Terms(
                    Role.invited(json.getString("role", "")),
                    json.getString("operator", ""),
                    json.getInteger("uses", 1),
                    Duration.ofSeconds(json.getLong("seconds", 0L)));
        } catch (ClassCastException malformed) {
            throw new IllegalArgumentException("the terms of the invitation are malformed", malformed);
        }
    }
}
