package io.flockwork.coordinator;

import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.NodeId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What one join link is good for. The link's secret is not in here: an invitation is found by the hash of it.
 *
 * @param referee true when the newcomers' answers are to decide where others disagree
 * @param operator whom the newcomers belong to; empty: each is its own operator
 * @param uses how many nodes may join by it
 * @param withdrawn true when it is good for nothing any more
 * @param joined who has
 */
record Invitation(
        Role role,
        boolean referee,
        String operator,
        int uses,
        long expiresMillis,
        boolean withdrawn,
        Set<NodeId> joined) {
    static final int MOST_USES = 10_000;

    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd 'at' HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    Invitation {
        if (uses < 1 || uses > MOST_USES) {
            throw new IllegalArgumentException("a link is for 1 to " + MOST_USES + " nodes, not " + uses);
        }
        joined = Set.copyOf(joined);
    }

    /** Why this node may not join by this invitation now, in one sentence; empty when it may. */
    Optional<String> refuses(NodeId node, Role wanted, long nowMillis) {
        if (withdrawn) {
            return Optional.of("this join link has been withdrawn");
        }
        if (nowMillis > expiresMillis) {
            return Optional.of("this join link expired on " + DAY_AND_TIME.format(Instant.ofEpochMilli(expiresMillis)));
        }
        if (wanted != role) {
            return Optional.of("this join link is for the role " + role.word() + ", not " + wanted.word());
        }
        // Who has joined may ask again: its certificate may have been lost on the way.
        if (joined.size() >= uses && !joined.contains(node)) {
            return Optional.of("this join link has been used up: it was for "
                    + (uses == 1 ? "one node" : uses + " nodes") + ", ask for another");
        }
        return Optional.empty();
    }

    Invitation joinedBy(NodeId node) {
        Set<NodeId> more = new HashSet<>(joined);
        more.add(node);
        return new Invitation(role, referee, operator, uses, expiresMillis, withdrawn, more);
    }

    Invitation withdraw() {
        return new Invitation(role, referee, operator, uses, expiresMillis, true, joined);
    }

    JsonObject json() {
        JsonArray nodes = new JsonArray();
        joined.forEach(node -> nodes.add(node.value()));
        return new JsonObject()
                .put("role", role.word())
                .put("referee", referee)
                .put("operator", operator)
                .put("uses", uses)
                .put("expires", expiresMillis)
                .put("withdrawn", withdrawn)
                .put("joined", nodes);
    }

    /** @throws RuntimeException when this is no invitation */
    static Invitation of(JsonObject json) {
        Set<NodeId> joined = new LinkedHashSet<>();
        json.getJsonArray("joined").forEach(node -> joined.add(new NodeId((String) node)));
        return new Invitation(
                Role.invited(json.getString("role")),
                json.getBoolean("referee", false),
                json.getString("operator"),
                json.getInteger("uses"),
                json.getLong("expires"),
                json.getBoolean("withdrawn"),
                joined);
    }
}
