package io.flockwork.worker.api;

import io.flockwork.sdk.credit.Leaderboard;
import io.flockwork.sdk.credit.Leaderboard.By;
import io.flockwork.sdk.identity.Scope;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.web.Guard;
import io.flockwork.sdk.web.Problem;
import io.flockwork.worker.credit.CreditStore;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;

/** Who has done how much, by the logs that this core has checked. */
final class CreditRoutes {
    private static final double MICROS = 1e6;
    private static final int MOST_ROWS = 1_000;

    private final CreditStore store;
    private final Survey survey;
    private final WorkerExecutor threads;

    CreditRoutes(CreditStore store, Survey survey, WorkerExecutor threads) {
        this.store = store;
        this.survey = survey;
        this.threads = threads;
    }

    void mount(Router api) {
        api.get("/credit").handler(Guard.only(Scope.READ)).handler(this::board);
    }

    private void board(RoutingContext request) {
        By by = by(Page.text(request, "by").orElse("operator"));
        threads.executeBlocking(() -> json(by, Leaderboard.of(store.logs(), by)), false)
                .onSuccess(request::json)
                .onFailure(request::fail);
    }

    private static By by(String word) {
        try {
            return By.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException none) {
            throw Problem.badRequest("credit is added up 'by' worker, operator or team");
        }
    }

    /** Credit is in billions of units of fuel. */
    private JsonObject json(By by, List<Leaderboard.Row> rows) {
        JsonArray array = new JsonArray();
        rows.stream().limit(MOST_ROWS).forEach(row -> {
            JsonObject json = new JsonObject()
                    .put("name", row.name())
                    .put("credit", row.credit())
                    .put("jobs", row.jobs())
                    .put("units", row.units())
                    .put("fuel", row.fuel())
                    .put("seconds", row.micros() / MICROS);
            array.add(by == By.WORKER ? named(json, new NodeId(row.name())) : json);
        });
        return new JsonObject().put("by", by.name().toLowerCase(Locale.ROOT)).put("rows", array);
    }

    private JsonObject named(JsonObject row, NodeId worker) {
        String name = survey.workersById().containsKey(worker)
                ? survey.workersById().get(worker).name()
                : worker.brief();
        return row.put("name", name).put("worker", worker.value());
    }
}
