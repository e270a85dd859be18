package io.flockwork.worker.gateway;

import io.flockwork.sdk.client.CreditNews;
import io.flockwork.sdk.credit.CreditHead;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.worker.credit.CreditStore;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.stream.Collectors;

/** The credit logs that this core has, for every member: what is in them is signed. */
final class CreditRoutes {
    private final CreditStore store;

    CreditRoutes(CreditStore store) {
        this.store = store;
    }

    void mount(Router router) {
        router.get(CreditNews.PATH)
                .handler(request -> tell(
                        request, store.heads().stream().map(CreditHead::line).toList()));
        router.get(CreditNews.PATH + "/:core/:from").handler(this::entries);
    }

    private void entries(RoutingContext request) {
        try {
            NodeId core = new NodeId(request.pathParam("core"));
            long from = Long.parseLong(request.pathParam("from"));
            tell(request, store.entries(core, from, CreditNews.MOST_LINES));
        } catch (IllegalArgumentException malformed) {
            request.response().setStatusCode(400).end("a credit log is named by its core and an entry's number");
        }
    }

    private static void tell(RoutingContext request, List<String> lines) {
        request.response()
                .putHeader("content-type", "text/plain; charset=utf-8")
                .end(lines.stream().map(line -> line + "\n").collect(Collectors.joining()));
    }
}
