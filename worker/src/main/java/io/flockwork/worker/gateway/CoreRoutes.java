package io.flockwork.worker.gateway;

import io.flockwork.sdk.client.Cores;
import io.flockwork.sdk.client.RevokedNews;
import io.flockwork.sdk.identity.GridTls;
import io.flockwork.sdk.identity.RevocationList;
import io.flockwork.worker.master.JobBoard;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** Where the grid's cores are, and who is a member no more, in the form that the coordinator gives too. */
final class CoreRoutes {
    private final GridTls tls;
    private final JobBoard board;

    CoreRoutes(GridTls tls, JobBoard board) {
        this.tls = tls;
        this.board = board;
    }

    void mount(Router router) {
        router.get(Cores.PATH).handler(request -> request.json(cores()));
        router.get(RevokedNews.PATH).handler(this::revoked);
    }

    private JsonObject cores() {
        JsonArray cores = new JsonArray();
        board.cores()
                .forEach(core -> cores.add(new JsonObject()
                        .put("id", core.id().value())
                        .put("gateway", core.gateway().toString())));
        return new JsonObject()
                .put("grid", tls.credentials().grid().value())
                .put(
                        "revocations",
                        tls.revocations().newest().map(RevocationList::version).orElse(0L))
                .put("cores", cores);
    }

    private void revoked(RoutingContext request) {
        Optional<RevocationList> list = tls.revocations().newest();
        request.response().setStatusCode(list.isPresent() ? 200 : 404);
        request.response().end(list.map(RevocationList::text).orElse("nobody has ever been revoked here"));
    }
}
