package io.flockwork.worker.api;

import io.flockwork.sdk.identity.Scope;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.web.Guard;
import io.flockwork.sdk.web.Problem;
import io.flockwork.sdk.wire.ClientMessage.Status;
import io.flockwork.sdk.wire.ResultList.Entry;
import io.flockwork.worker.master.JobBoard;
import io.flockwork.worker.swarm.Swarm;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The results of jobs, at their end and as they become final, for their submitters and for operators. */
final class ResultRoutes {
    /** How many of the job's results nobody was there to confirm. */
    private static final String UNVERIFIED = "flockwork-unverified";

    private static final int USUAL_FINALS = 100;
    private static final int MOST_FINALS = 1_000;

    private final JobBoard board;
    private final Swarm swarm;
    private final WorkerExecutor threads;
    private final Finals finals;

    ResultRoutes(JobBoard board, Swarm swarm, WorkerExecutor threads, Finals finals) {
        this.board = board;
        this.swarm = swarm;
        this.threads = threads;
        this.finals = finals;
    }

    /** Which bytes are wanted. Blocks. */
    @FunctionalInterface
    private interface Wanted {
        Results.Sized of(Results results) throws IOException;
    }

    void mount(Router api) {
        api.get("/jobs/:job/results").handler(Guard.only(Scope.READ)).handler(this::list);
        api.get("/jobs/:job/results/:unit").handler(Guard.only(Scope.READ)).handler(this::unit);
        api.get("/jobs/:job/finals").handler(Guard.only(Scope.READ)).handler(this::finals);
        api.get("/jobs/:job/finals/:sequence").handler(Guard.only(Scope.READ)).handler(this::oneFinal);
        api.get("/jobs/:job/result")
                .handler(Guard.only(Scope.READ))
                .handler(request -> send(request, Results::whole, ".result"));
        api.get("/jobs/:job/proof")
                .handler(Guard.only(Scope.READ))
                .handler(request -> send(request, Results::proof, ".proof"));
    }

    private void list(RoutingContext request) {
        JobRecord job = JobRoutes.owned(board, request).record();
        Page page = Page.of(request);
        threads.executeBlocking(() -> Results.of(job, swarm).page(page), false)
                .onSuccess(request::json)
                .onFailure(failure -> request.fail(unreadable(failure)));
    }

    private void finals(RoutingContext request) {
        Status job = JobRoutes.owned(board, request);
        Finals.Question question = Finals.Question.of(request, USUAL_FINALS, MOST_FINALS);
        finals.of(job, question, request.vertx().getOrCreateContext())
                .compose(page -> page.isPresent()
                        ? Future.succeededFuture(Results.json(page.get(), question.after(), false))
                        : rest(job.record().id(), question))
                .onSuccess(request::json)
                .onFailure(failure -> request.fail(unreadable(failure)));
    }

    /** The job may have ended a moment ago only. */
    private Future<JsonObject> rest(JobId job, Finals.Question question) {
        JobRecord ended = board.find(job).orElseThrow().record();
        return threads.executeBlocking(() -> Results.rest(ended, swarm, question), false);
    }

    /** One of them by itself, for it may be too long to be listed. */
    private void oneFinal(RoutingContext request) {
        Status job = JobRoutes.owned(board, request);
        long sequence = number(request, "sequence");
        Finals.Question question = new Finals.Question(Math.max(0, sequence - 1), 1, Duration.ZERO);
        finals.of(job, question, request.vertx().getOrCreateContext())
                .compose(page ->
                        threads.executeBlocking(() -> oneFinal(job.record().id(), sequence, page), false))
                .onSuccess(found -> Download.asFile(
                        request,
                        threads,
                        found.bytes(),
                        found.size(),
                        job.record().id() + "-final-" + sequence + ".result"))
                .onFailure(failure -> request.fail(unreadable(failure)));
    }

    private Results.Sized oneFinal(JobId job, long sequence, Optional<List<Entry>> page) throws IOException {
        if (page.isEmpty()) {
            return Results.of(board.find(job).orElseThrow().record(), swarm).ofFinal(sequence);
        }
        Entry entry = page.get().stream()
                .filter(found -> found.sequence() == sequence)
                .findFirst()
                .orElseThrow(() -> Problem.notFound("final result " + sequence + " yet"));
        return Results.sized(swarm, "final result " + sequence, entry);
    }

    private static long number(RoutingContext request, String parameter) {
        try {
            return Long.parseLong(request.pathParam(parameter));
        } catch (NumberFormatException none) {
            throw Problem.notFound("such " + parameter);
        }
    }

    private void unit(RoutingContext request) {
        int number = (int) Math.min(Integer.MAX_VALUE, number(request, "unit"));
        send(request, results -> results.unit(number), "-" + number + ".result");
    }

    private void send(RoutingContext request, Wanted wanted, String suffix) {
        JobRecord job = JobRoutes.owned(board, request).record();
        Optional<String> preview = Page.text(request, "preview").filter("true"::equals);
        Results results = Results.of(job, swarm);
        if (results.unverified() > 0) {
            // Also for programs that ask for nothing else.
            request.response().putHeader(UNVERIFIED, Long.toString(results.unverified()));
        }
        Future<Results.Sized> opened = threads.executeBlocking(() -> wanted.of(results), false);
        opened.onFailure(failure -> request.fail(unreadable(failure))).onSuccess(found -> {
            if (preview.isPresent()) {
                Download.asPreview(request, threads, found.bytes());
            } else {
                Download.asFile(request, threads, found.bytes(), found.size(), job.id() + suffix);
            }
        });
    }

    static Throwable unreadable(Throwable failure) {
        return failure instanceof IOException || failure instanceof UncheckedIOException
                ? new Problem(503, "the result cannot be had now: " + failure.getMessage())
                : failure;
    }
}
