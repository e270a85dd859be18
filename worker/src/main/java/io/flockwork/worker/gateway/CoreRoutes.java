package io.flockwork.worker.gateway;

import io.flockwork.worker.master.JobBoard;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;

/** {@code GET /mesh/cores}: where the grid's cores are, in the form that the coordinator gives too. */
final class CoreRoutes {
    private final String grid;
    private final JobBoard board;

    CoreRoutes(String grid, JobBoard board) {
        this.grid = grid;
        this.board = board;
    }

    void mount(Router router) {
        router.get("/mesh/cores").handler(request -> request.json(cores()));
    }

    private JsonObject cores() {
        JsonArray cores = new JsonArray();
        board.workers()
                .forEach(core -> cores.add(new JsonObject()
                        .put("id", core.id().value())
                        .put("gateway", core.gateway().toString())));
        return new JsonObject().put("grid", grid).put("cores", cores);
    }
}
