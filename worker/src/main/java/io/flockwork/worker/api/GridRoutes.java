package io.flockwork.worker.api;

import io.flockwork.sdk.identity.Scope;
import io.flockwork.sdk.web.Guard;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The grid as a whole, and how to ask about it. */
final class GridRoutes {
    private static final String OPENAPI = "openapi.yaml";

    private final Survey survey;

    GridRoutes(Survey survey) {
        this.survey = survey;
    }

    void mount(Router api) {
        api.get("/grid").handler(Guard.only(Scope.READ)).handler(request -> request.json(survey.summary()));
        api.get("/grid/history").handler(Guard.only(Scope.READ)).handler(request -> request.json(history()));
        api.get("/" + OPENAPI).handler(GridRoutes::openApi);
    }

    private JsonObject history() {
        JsonArray samples = new JsonArray();
        survey.pulse()
                .history()
                .forEach(sample -> samples.add(new JsonObject()
                        .put("timeMillis", sample.timeMillis())
                        .put("unitsPerSecond", sample.unitsPerSecond())
                        .put("votesPerSecond", sample.votesPerSecond())
                        .put("workers", sample.workers())
                        .put("running", sample.running())
                        .put("contested", sample.contested())));
        return new JsonObject().put("stepSeconds", Pulse.STEP_SECONDS).put("samples", samples);
    }

    private static void openApi(RoutingContext request) {
        try (InputStream document = GridRoutes.class.getResourceAsStream(OPENAPI)) {
            request.response()
                    .putHeader("content-type", "application/yaml")
                    .end(new String(document.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            request.fail(unreadable);
        }
    }
}
