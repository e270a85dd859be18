package io.flockwork.worker.api;

import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.WorkerInfo;
import io.flockwork.worker.master.UnitMap;
import io.flockwork.worker.master.UnitView;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.stream.Collectors;

/** A job's units as JSON, with the names of the workers that are here now. */
record UnitJson(Survey survey) {
    JsonObject of(UnitMap map) {
        return new JsonObject()
                .put("from", map.from())
                .put("to", map.to())
                .put("cells", map.cells().length())
                .put("states", map.cells());
    }

    JsonObject of(UnitView.Part part) {
        Map<NodeId, String> names =
                survey.workersById().values().stream().collect(Collectors.toMap(WorkerInfo::id, WorkerInfo::name));
        JsonArray units = new JsonArray();
        part.units().forEach(unit -> units.add(of(unit, names)));
        return new JsonObject().put("units", units).put("total", part.total());
    }

    private static JsonObject of(UnitView unit, Map<NodeId, String> names) {
        JsonArray votes = new JsonArray();
        unit.votes()
                .forEach(vote -> votes.add(worker(vote.worker(), names)
                        .put("digest", vote.digest())
                        .put("agrees", vote.agrees())
                        .put("dropped", vote.dropped())));
        JsonArray running = new JsonArray();
        unit.running().forEach(worker -> running.add(worker(worker, names)));
        return new JsonObject()
                .put("from", unit.unit().from())
                .put("to", unit.unit().to())
                .put("state", unit.phase().word())
                .put("votes", votes)
                .put("running", running)
                .put("failures", unit.failures())
                .put("cause", unit.cause());
    }

    private static JsonObject worker(NodeId worker, Map<NodeId, String> names) {
        return new JsonObject().put("worker", worker.value()).put("name", names.getOrDefault(worker, worker.brief()));
    }
}
