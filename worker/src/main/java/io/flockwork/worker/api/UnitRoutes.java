package io.flockwork.worker.api;

import io.flockwork.sdk.identity.Peer;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.identity.Scope;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobProgress;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Recipe;
import io.flockwork.sdk.model.WorkerInfo;
import io.flockwork.sdk.web.Guard;
import io.flockwork.sdk.web.Problem;
import io.flockwork.sdk.wire.ClientMessage.Status;
import io.flockwork.sdk.wire.Dialer;
import io.flockwork.worker.master.JobBoard;
import io.flockwork.worker.master.JobMap;
import io.flockwork.worker.master.Masters;
import io.flockwork.worker.master.UnitSight;
import io.flockwork.worker.swarm.Swarm;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The units of a running job, which only the core that leads it knows: another core asks that one. */
final class UnitRoutes {
    private static final int MOST_CELLS = 10_000;
    private static final int USUAL_CELLS = 1_000;
    private static final int MOST_BYTES = 8 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Where cores ask each other. */
    private static final String BETWEEN_CORES = "/sights";

    private final JobBoard board;
    private final Masters masters;
    private final Swarm swarm;
    private final WorkerExecutor threads;
    private final Dialer dialer;
    private final Survey survey;

    UnitRoutes(JobBoard board, Masters masters, Swarm swarm, WorkerExecutor threads, Dialer dialer, Survey survey) {
        this.swarm = swarm;
        this.threads = threads;
        this.board = board;
        this.masters = masters;
        this.dialer = dialer;
        this.survey = survey;
    }

    void mount(Router api) {
        api.get("/jobs/:job/map").handler(Guard.only(Scope.READ)).handler(request -> ask(request, "map"));
        api.get("/jobs/:job/units").handler(Guard.only(Scope.READ)).handler(request -> ask(request, "units"));
    }

    /** For the grid's other cores, who have asked themselves whether the asker may know. */
    void mountBetweenCores(Router router) {
        router.get(BETWEEN_CORES + "/:job/:what")
                .handler(request -> {
                    if (!isCore(request)) {
                        request.response().setStatusCode(403).end("this is between cores");
                    } else {
                        here(request, new JobId(request.pathParam("job")), request.pathParam("what"));
                    }
                })
                .failureHandler(Api::failed);
    }

    private static boolean isCore(RoutingContext request) {
        try {
            return Peer.of(request.request().connection().sslSession()).role() == Role.CORE;
        } catch (CertificateException nobody) {
            return false;
        }
    }

    private void ask(RoutingContext request, String what) {
        // Who computes what, and whose answers are looked at, a liar would like to know.
        Status job = what.equals("units") ? JobRoutes.owned(board, request) : JobRoutes.seen(board, request);
        Page.of(request);
        Page.number(request, "cells", USUAL_CELLS, 1, MOST_CELLS);
        JobId id = job.record().id();
        if (job.record().state().ended()) {
            tellEnded(request, job, what);
            return;
        }
        Optional<Address> master = job.record().master().flatMap(this::gateway);
        if (masters.leads(id) || master.isEmpty()) {
            here(request, id, what);
            return;
        }
        String query = request.request().query();
        String path = BETWEEN_CORES + "/" + id + "/" + what + (query == null ? "" : "?" + query);
        Future.fromCompletionStage(
                        dialer.get(master.get(), path, MOST_BYTES, PATIENCE),
                        request.vertx().getOrCreateContext())
                .onSuccess(answer -> tell(request, answer))
                .onFailure(away -> request.fail(notNow()));
    }

    /** From its results, where there are any. */
    private void tellEnded(RoutingContext request, Status job, String what) {
        int cells = Page.number(request, "cells", USUAL_CELLS, 1, MOST_CELLS);
        Page page = Page.of(request);
        Optional<String> state = Page.text(request, "state");
        long from = job.record().spec().recipe() instanceof Recipe.Range range ? range.from() : 0;
        long size = job.progress().map(JobProgress::indicesTotal).orElse(0L);
        threads.executeBlocking(
                        () -> JobView.hasResults(job)
                                ? Results.of(job.record(), swarm)
                                        .units(units -> what.equals("map")
                                                ? units.map(from, size, cells)
                                                : units.page(page, state))
                                : nothing(what),
                        false)
                .onSuccess(request::json)
                .onFailure(failure -> request.fail(ResultRoutes.unreadable(failure)));
    }

    private static JsonObject nothing(String what) {
        EndedUnits none = new EndedUnits(Collections.emptyIterator(), false);
        return what.equals("map") ? none.map(0, 0, 1) : none.page(new Page(0, 1), Optional.empty());
    }

    private static void tell(RoutingContext request, Dialer.Answer answer) {
        if (answer.status() == 200) {
            request.response().putHeader("content-type", "application/json").end(Buffer.buffer(answer.body()));
        } else {
            request.fail(notNow());
        }
    }

    private Optional<Address> gateway(NodeId core) {
        return board.cores().stream()
                .filter(info -> info.id().equals(core))
                .map(WorkerInfo::gateway)
                .findFirst();
    }

    private static Problem notNow() {
        return new Problem(503, "nobody leads the job just now, or who does gives no answer; try again");
    }

    private void here(RoutingContext request, JobId job, String what) {
        if (what.equals("map")) {
            int cells = Page.number(request, "cells", USUAL_CELLS, 1, MOST_CELLS);
            Future.fromCompletionStage(masters.map(job, cells), request.vertx().getOrCreateContext())
                    .map(map -> map.map(UnitRoutes::json).orElseThrow(UnitRoutes::notNow))
                    .onSuccess(request::json)
                    .onFailure(late -> request.fail(notNow()));
        } else {
            Page page = Page.of(request);
            Optional<String> state = Page.text(request, "state");
            Future.fromCompletionStage(
                            masters.units(job, state, page.offset(), page.limit()),
                            request.vertx().getOrCreateContext())
                    .map(part -> part.map(this::json).orElseThrow(UnitRoutes::notNow))
                    .onSuccess(request::json)
                    .onFailure(late -> request.fail(notNow()));
        }
    }

    private static JsonObject json(JobMap map) {
        return new JsonObject()
                .put("from", map.from())
                .put("to", map.to())
                .put("cells", map.cells().length())
                .put("states", map.cells());
    }

    private JsonObject json(UnitSight.Part part) {
        Map<NodeId, String> names =
                survey.workersById().values().stream().collect(Collectors.toMap(WorkerInfo::id, WorkerInfo::name));
        JsonArray units = new JsonArray();
        part.units().forEach(unit -> units.add(json(unit, names)));
        return new JsonObject().put("units", units).put("total", part.total());
    }

    private static JsonObject json(UnitSight unit, Map<NodeId, String> names) {
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
                .put("state", unit.state())
                .put("votes", votes)
                .put("running", running)
                .put("failures", unit.failures())
                .put("cause", unit.cause());
    }

    private static JsonObject worker(NodeId worker, Map<NodeId, String> names) {
        return new JsonObject().put("worker", worker.value()).put("name", names.getOrDefault(worker, worker.brief()));
    }
}
