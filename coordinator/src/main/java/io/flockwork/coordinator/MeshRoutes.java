package io.flockwork.coordinator;

import io.flockwork.sdk.client.Cores;
import io.flockwork.sdk.client.RevokedNews;
import io.flockwork.sdk.identity.RevocationList;
import io.flockwork.sdk.identity.Revocations;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.NodeId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the mesh's cores are, and who is a member no more. Confined to the event loop. */
final class MeshRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(MeshRoutes.class);

    private final Vertx vertx;
    private final NodeId grid;
    private final Records records;
    private final Roll roll;
    private final Revocations revocations;
    private final Clock clock;
    private List<Core> written;

    MeshRoutes(Vertx vertx, NodeId grid, Records records, Roll roll, Revocations revocations, Clock clock) {
        this.vertx = vertx;
        this.grid = grid;
        this.records = records;
        this.roll = roll;
        this.revocations = revocations;
        this.clock = clock;
        this.written = roll.remembered();
    }

    void mount(Router router) {
        router.post("/mesh/announce")
                .handler(Visitor.only(EnumSet.of(Role.CORE), revocations))
                .handler(Replies.body())
                .handler(this::announce);
        router.get(Cores.PATH).handler(Visitor.anyMember(revocations)).handler(this::cores);
        router.get(RevokedNews.PATH).handler(Visitor.anyEverMember()).handler(this::revoked);
    }

    private void announce(RoutingContext context) {
        Announcement announcement = Announcement.parse(context.body().buffer());
        if (!announcement.core().id().equals(Visitor.of(context).id())) {
            throw new Refusal(403, "a core speaks for itself only");
        }
        Optional<Answer> answer = roll.announce(announcement.core(), announcement.up(), clock.millis());
        if (answer.isEmpty()) {
            throw new Refusal(503, "the coordinator knows as many cores as it can");
        }
        saveWhenChanged().onComplete(saved -> {
            if (saved.failed()) {
                LOG.warn(
                        "the cores' addresses were not written down: {}",
                        saved.cause().getMessage());
            }
            Replies.json(context, 200, json(answer.get()));
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
        return head(cores)
                .put("found", answer.advice() == Answer.Advice.FOUND)
                .put("wait", answer.advice() == Answer.Advice.WAIT);
    }

    private void cores(RoutingContext context) {
        JsonArray cores = new JsonArray();
        roll.up(clock.millis()).forEach(core -> cores.add(brief(core)));
        Replies.json(context, 200, head(cores));
    }

    private JsonObject head(JsonArray cores) {
        return new JsonObject()
                .put("grid", grid.value())
                .put(
                        "revocations",
                        revocations.newest().map(RevocationList::version).orElse(0L))
                .put("cores", cores);
    }

    private static JsonObject brief(Core core) {
        return new JsonObject()
                .put("id", core.id().value())
                .put("gateway", core.gateway().toString());
    }

    private void revoked(RoutingContext context) {
        RevocationList list =
                revocations.newest().orElseThrow(() -> new Refusal(404, "nobody has ever been revoked here"));
        context.response().putHeader("content-type", "text/plain").end(list.text());
    }
}
