package io.flockwork.worker.api;

import io.flockwork.sdk.identity.GridTls;
import io.flockwork.sdk.identity.Peer;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.identity.Scope;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.WorkerInfo;
import io.flockwork.sdk.serve.Doorway;
import io.flockwork.sdk.web.Callers;
import io.flockwork.sdk.web.GridProxy;
import io.flockwork.sdk.web.Guard;
import io.flockwork.sdk.web.Problem;
import io.flockwork.sdk.wire.Dialer;
import io.flockwork.worker.credit.CreditStore;
import io.flockwork.worker.master.JobBoard;
import io.flockwork.worker.master.Masters;
import io.flockwork.worker.swarm.Storage;
import io.flockwork.worker.swarm.Swarm;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.BiPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The API's parts, in the order in which a request meets them. */
public final class Api {
    /** Where it is. */
    public static final String PATH = "/api/v1";

    private static final Logger LOG = LoggerFactory.getLogger(Api.class);
    private static final int THREADS = 8;
    private static final long BEAT_MILLIS = 1_000;

    private Api() {}

    /**
     * What the API stands on.
     *
     * @param self this core
     * @param coordinator who invites
     * @param isOpen true when anybody may look at the grid
     */
    public record Parts(
            GridTls tls,
            WorkerInfo self,
            Address coordinator,
            JobBoard board,
            Masters masters,
            Swarm swarm,
            Storage storage,
            CreditStore credit,
            Dialer dialer,
            Clock clock,
            boolean isOpen) {}

    /**
     * Adds the API to a core's routes, before those that are for certified members only.
     *
     * @param mayWrite tells whether a member may leave so many bytes more now
     */
    public static void mount(
            Router router,
            Vertx vertx,
            Doorway doorway,
            Parts parts,
            Callers callers,
            Guard guard,
            BiPredicate<Peer, Integer> mayWrite) {
        WorkerExecutor threads = vertx.createSharedWorkerExecutor("api", THREADS);
        Survey survey = new Survey(parts.board(), parts.tls().credentials().grid(), parts.self(), parts.clock());
        survey.beat();
        vertx.setPeriodic(BEAT_MILLIS, timer -> survey.beat());
        WorkerRoutes workers = new WorkerRoutes(parts.board(), survey, parts.clock());
        Leaders leaders = new Leaders(parts.board(), parts.masters());
        UnitRoutes units =
                new UnitRoutes(parts.board(), parts.masters(), leaders, parts.swarm(), threads, parts.dialer(), survey);
        Uploads uploads = new Uploads(parts.swarm(), parts.storage(), mayWrite, System::nanoTime);
        GridProxy coordinator =
                new GridProxy(vertx, parts.tls(), Role.COORDINATOR, () -> List.of(parts.coordinator()), headers -> {});

        Router api = Router.router(vertx);
        router.route(PATH + "/*").subRouter(api);
        api.route().handler(guard.admission());
        new SessionRoutes(callers, parts.clock()).mount(api);
        new GridRoutes(survey).mount(api);
        new EventRoutes(parts.board(), Feed.start(vertx, parts.board(), survey, workers, callers)).mount(api);
        new JobRoutes(parts.board(), parts.tls().credentials().grid(), parts.swarm(), threads).mount(api);
        units.mount(api);
        Finals finals = new Finals(parts.board(), parts.masters(), leaders, parts.dialer());
        new ResultRoutes(parts.board(), parts.swarm(), threads, finals).mount(api);
        workers.mount(api);
        new CreditRoutes(parts.credit(), survey, threads).mount(api);
        new UploadRoutes(uploads, threads, doorway).mount(api);
        api.get("/join").handler(Guard.only(Scope.READ)).handler(coordinator::pass);
        api.post("/invitations").handler(Guard.only(Scope.OPERATE)).handler(coordinator::pass);
        api.route().last().handler(request -> {
            throw Problem.notFound("such thing in the API; " + PATH + "/openapi.yaml says what there is");
        });
        api.route().failureHandler(Api::failed);
        units.mountBetweenCores(router);
        new FinalRoutes(parts.board(), finals).mount(router, guard);
    }

    /** Tells who asked why it failed, in one sentence; what is the core's own fault is logged. */
    public static void failed(RoutingContext request) {
        Throwable failure = request.failure();
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof Problem problem) {
            problem.send(request);
        } else if (cause instanceof IllegalArgumentException wrong) {
            Problem.badRequest(wrong.getMessage()).send(request);
        } else if (cause == null || request.statusCode() != 500) {
            new Problem(request.statusCode(), sentence(request.statusCode())).send(request);
        } else {
            LOG.warn(
                    "{} {} failed",
                    request.request().method(),
                    request.request().path(),
                    cause);
            new Problem(500, "the core could not do it; its log says why").send(request);
        }
    }

    private static String sentence(int status) {
        return switch (status) {
            case 400 -> "the request is malformed";
            case 404 -> "there is no such thing";
            case 405 -> "that cannot be done to it";
            case 413 -> "the request's body is too long";
            default -> "the request was refused";
        };
    }
}
