package io.flockwork.coordinator;

import io.flockwork.sdk.serve.Doorway;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;

/** Answers over HTTPS. Runs on one event loop, hence without locks. */
final class Desk implements Handler<HttpServerRequest> {
    private final Doorway doorway;
    private final Router router;

    Desk(Vertx vertx, Doorway doorway, MeshRoutes mesh, MemberRoutes members, InstallDesk installer, Web web) {
        this.doorway = doorway;
        this.router = Router.router(vertx);
        new Patience(System::nanoTime).mount(router);
        mesh.mount(router);
        members.mount(router);
        installer.mount(router);
        web.mount(router);
        router.route().failureHandler(Replies::failed);
        for (int status : new int[] {400, 404, 405, 413, 500}) {
            router.errorHandler(status, Replies::failed);
        }
    }

    @Override
    public void handle(HttpServerRequest request) {
        doorway.begins(request);
        router.handle(request);
    }
}
