package io.flockwork.worker.api;

import io.flockwork.sdk.identity.JobSigning;
import io.flockwork.sdk.identity.Scope;
import io.flockwork.sdk.identity.Token;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobSpec;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.web.Caller;
import io.flockwork.sdk.web.Guard;
import io.flockwork.sdk.web.Problem;
import io.flockwork.sdk.wire.ClientMessage.Status;
import io.flockwork.worker.master.JobBoard;
import io.flockwork.worker.swarm.Swarm;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Jobs: which there are, how far they are; hand one in, end one. */
final class JobRoutes {
    private static final int MOST_FORM_BYTES = 8 << 20;

    private final JobBoard board;
    private final NodeId grid;
    private final WorkerExecutor threads;
    private final JobForm.Uploaded uploaded;
    private final RandomGenerator random = new SecureRandom();

    JobRoutes(JobBoard board, NodeId grid, Swarm swarm, WorkerExecutor threads) {
        this.board = board;
        this.grid = grid;
        this.threads = threads;
        this.uploaded = new UploadedBlobs(swarm);
    }

    void mount(Router api) {
        api.get("/jobs").handler(Guard.only(Scope.READ)).handler(this::list);
        api.get("/job-types").handler(Guard.only(Scope.READ)).handler(request -> request.json(types()));
        api.post("/jobs")
                .handler(Guard.only(Scope.SUBMIT))
                .handler(Bodies.json(MOST_FORM_BYTES))
                .handler(request -> submit(request, JobId.random(random)));
        api.put("/jobs/:job")
                .handler(Guard.only(Scope.SUBMIT))
                .handler(Bodies.json(MOST_FORM_BYTES))
                .handler(request -> submit(request, id(request)));
        api.get("/jobs/:job")
                .handler(Guard.only(Scope.READ))
                .handler(request -> request.json(JobView.whole(seen(board, request))));
        api.post("/jobs/:job/cancel").handler(Guard.only(Scope.SUBMIT)).handler(this::cancel);
    }

    private void list(RoutingContext request) {
        Page page = Page.of(request);
        Caller caller = Guard.caller(request);
        Optional<String> state = Page.text(request, "state").map(word -> word.toUpperCase(Locale.ROOT));
        Optional<String> words = Page.text(request, "q").map(text -> text.toLowerCase(Locale.ROOT));
        List<Status> jobs = board.all().stream()
                .filter(job -> caller.maySee(job.record()))
                .filter(job -> state.map(job.record().state().name()::equals).orElse(true))
                .filter(job -> words.map(text -> isAbout(job, text)).orElse(true))
                .toList();
        request.json(new JsonObject().put("jobs", JobView.briefs(page.of(jobs))).put("total", jobs.size()));
    }

    private static boolean isAbout(Status job, String words) {
        return job.record().spec().name().toLowerCase(Locale.ROOT).contains(words)
                || job.record().id().value().toLowerCase(Locale.ROOT).startsWith(words);
    }

    private JsonObject types() {
        JsonArray types = new JsonArray();
        board.types()
                .forEach((name, description) ->
                        types.add(new JsonObject().put("name", name).put("summary", description)));
        return new JsonObject().put("types", types);
    }

    /** The job of the path, if the caller may know of it: others' are as good as none. */
    static Status seen(JobBoard board, RoutingContext request) {
        JobId id = id(request);
        return board.find(id)
                .filter(job -> Guard.caller(request).maySee(job.record()))
                .orElseThrow(() -> Problem.notFound("job " + id));
    }

    /** The same, if it is the caller's to decide on. */
    static Status owned(JobBoard board, RoutingContext request) {
        Status job = seen(board, request);
        if (!Guard.caller(request).owns(job.record())) {
            throw new Problem(
                    Guard.caller(request).member().isPresent() ? 403 : 401,
                    "this is for the job's submitter and for operators");
        }
        return job;
    }

    private static JobId id(RoutingContext request) {
        try {
            return new JobId(request.pathParam("job"));
        } catch (IllegalArgumentException malformed) {
            throw Problem.notFound("such job");
        }
    }

    private void submit(RoutingContext request, JobId id) {
        JsonObject form = Bodies.object(request);
        Token token = Guard.caller(request)
                .token()
                .orElseThrow(
                        () -> new Problem(
                                403,
                                "a job is signed for its submitter with a token, and a certificate alone signs nothing here: flockwork token"));
        threads.executeBlocking(
                        () -> {
                            JobSpec spec = JobForm.read(form, uploaded);
                            return board.submit(id, spec, JobSigning.seal(token, grid, id, spec));
                        },
                        false)
                .compose(Future::fromCompletionStage)
                .map(job -> requireOwn(request, job))
                .onSuccess(job -> created(request, job))
                .onFailure(request::fail);
    }

    private static Status requireOwn(RoutingContext request, Status job) {
        if (!Guard.caller(request).owns(job.record())) {
            throw new Problem(409, "there is a job of that id already");
        }
        return job;
    }

    private static void created(RoutingContext request, Status job) {
        request.response()
                .setStatusCode(201)
                .putHeader("location", Api.PATH + "/jobs/" + job.record().id());
        request.json(JobView.whole(job));
    }

    private void cancel(RoutingContext request) {
        Status job = owned(board, request);
        Future.fromCompletionStage(
                        board.cancel(job.record().id()), request.vertx().getOrCreateContext())
                .onSuccess(cancelled -> request.json(JobView.whole(cancelled.orElse(job))))
                .onFailure(request::fail);
    }
}
