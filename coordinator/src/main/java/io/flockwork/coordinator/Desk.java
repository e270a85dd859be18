package io.flockwork.coordinator;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;

/** Answers over HTTPS. Runs on one event loop, hence without locks. */
final class Desk implements Handler<HttpServerRequest> {
    private final Router router;

    Desk(Vertx vertx, MeshRoutes mesh, MemberRoutes members) {
        this.router = Router.router(vertx);
        mesh.mount(router);
        members.mount(router);
        router.route().failureHandler(Replies::failed);
        for (int status : new int[] {400, 404, 405, 413, 500}) {
            router.errorHandler(status, Replies::failed);
        }
    }

    @Override
    public void handle(HttpServerRequest request) {
        router.handle(request);
    }
}
