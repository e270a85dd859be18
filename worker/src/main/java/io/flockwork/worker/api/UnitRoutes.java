package io.flockwork.worker.api;

import io.flockwork.sdk.identity.Scope;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobProgress;
import io.flockwork.sdk.model.Recipe;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.web.Guard;
import io.flockwork.sdk.web.Problem;
import io.flockwork.sdk.wire.ClientMessage.Status;
import io.flockwork.sdk.wire.Dialer;
import io.flockwork.worker.master.JobBoard;
import io.flockwork.worker.master.Masters;
import io.flockwork.worker.swarm.Swarm;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** The units of a job. Of a running one only the core that leads it knows them: another core asks that one. */
final class UnitRoutes {
    private static final int MOST_BYTES = 8 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long GOOD_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int MOST_SHARED = 200;
    /** Where cores ask each other. */
    private static final String BETWEEN_CORES = "/unit-views";

    private static final String MAP = "map";
    private static final String UNITS = "units";

    private final JobBoard board;
    private final Masters masters;
    private final Leaders leaders;
    private final Swarm swarm;
    private final WorkerExecutor threads;
    private final Dialer dialer;
    private final UnitJson json;
    /** A master walks its whole ledger for an answer. */
    private final Shared<Asked, Buffer> shared = new Shared<>(GOOD_NANOS, MOST_SHARED, System::nanoTime);

    private record Asked(JobId job, UnitQuestion question) {}

    UnitRoutes(
            JobBoard board,
            Masters masters,
            Leaders leaders,
            Swarm swarm,
            WorkerExecutor threads,
            Dialer dialer,
            Survey survey) {
        this.board = board;
        this.masters = masters;
        this.leaders = leaders;
        this.swarm = swarm;
        this.threads = threads;
        this.dialer = dialer;
        this.json = new UnitJson(survey);
    }

    void mount(Router api) {
        api.get("/jobs/:job/map")
                .handler(Guard.only(Scope.READ))
                .handler(request -> answer(request, JobRoutes.seen(board, request), MAP, UnitQuestion.Map.of(request)));
        // Who computes what, and whose answers are looked at, a liar would like to know.
        api.get("/jobs/:job/units")
                .handler(Guard.only(Scope.READ))
                .handler(request ->
                        answer(request, JobRoutes.owned(board, request), UNITS, UnitQuestion.Units.of(request)));
    }

    /** For the grid's other cores, who have asked themselves whether the asker may know. */
    void mountBetweenCores(Router router) {
        router.get(BETWEEN_CORES + "/:job/" + MAP)
                .handler(UnitRoutes::requireCore)
                .handler(request -> here(request, job(request), UnitQuestion.Map.of(request)));
        router.get(BETWEEN_CORES + "/:job/" + UNITS)
                .handler(UnitRoutes::requireCore)
                .handler(request -> here(request, job(request), UnitQuestion.Units.of(request)));
    }

    private static void requireCore(RoutingContext request) {
        if (!Leaders.isCore(request)) {
            throw new Problem(403, "this is between cores");
        }
        request.next();
    }

    private static JobId job(RoutingContext request) {
        return new JobId(request.pathParam("job"));
    }

    private void answer(RoutingContext request, Status job, String what, UnitQuestion question) {
        JobId id = job.record().id();
        Optional<Address> master = leaders.elsewhere(job);
        if (job.record().state().ended()) {
            ended(request, job, question);
        } else if (master.isEmpty()) {
            here(request, id, question);
        } else {
            String path = BETWEEN_CORES + "/" + id + "/" + what;
            String query = request.request().query();
            tell(request, id, question, () -> there(master.get(), query == null ? path : path + "?" + query));
        }
    }

    private void here(RoutingContext request, JobId job, UnitQuestion question) {
        Context context = request.vertx().getOrCreateContext();
        tell(request, job, question, () -> Future.fromCompletionStage(question.ofRunning(masters, job), context)
                .map(answer -> answer.orElseThrow(Leaders::notNow).apply(json).toBuffer()));
    }

    private Future<Buffer> there(Address master, String path) {
        return Future.fromCompletionStage(dialer.get(master, path, MOST_BYTES, PATIENCE))
                .map(answer -> {
                    if (answer.status() != 200) {
                        throw Leaders.notNow();
                    }
                    return Buffer.buffer(answer.body());
                });
    }

    private void tell(RoutingContext request, JobId job, UnitQuestion question, Supplier<Future<Buffer>> asked) {
        shared.of(new Asked(job, question), request.vertx().getOrCreateContext(), asked)
                .onSuccess(answer -> request.response()
                        .putHeader("content-type", "application/json")
                        .end(answer))
                .onFailure(late -> request.fail(Leaders.notNow()));
    }

    /** From its results, where there are any. */
    private void ended(RoutingContext request, Status job, UnitQuestion question) {
        long from = job.record().spec().recipe() instanceof Recipe.Range range ? range.from() : 0;
        Optional<Span> space = job.progress()
                .map(JobProgress::indicesTotal)
                .filter(size -> size > 0)
                .map(size -> new Span(from, from + size));
        threads.executeBlocking(
                        () -> Results.units(job.record(), swarm, units -> question.ofEnded(units, space, json)), false)
                .onSuccess(request::json)
                .onFailure(failure -> request.fail(ResultRoutes.unreadable(failure)));
    }
}
