package io.flockwork.worker.api;

import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.web.Guard;
import io.flockwork.sdk.web.Problem;
import io.flockwork.sdk.wire.ClientMessage.Status;
import io.flockwork.sdk.wire.ResultList.Entry;
import io.flockwork.sdk.wire.ResultPage;
import io.flockwork.worker.master.JobBoard;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/** Final results for the SDK, and between cores, as {@link ResultPage} says. */
final class FinalRoutes {
    private final JobBoard board;
    private final Finals finals;

    FinalRoutes(JobBoard board, Finals finals) {
        this.board = board;
        this.finals = finals;
    }

    void mount(Router router, Guard guard) {
        router.get(ResultPage.PATH + "/:job")
                .handler(guard.admission())
                .handler(this::answer)
                .failureHandler(FinalRoutes::refuse);
    }

    private void answer(RoutingContext request) {
        Finals.Question question = Finals.Question.of(request, ResultPage.MOST_UNITS, ResultPage.MOST_UNITS);
        page(request, question).onSuccess(page -> tell(request, page)).onFailure(request::fail);
    }

    private Future<Optional<List<Entry>>> page(RoutingContext request, Finals.Question question) {
        if (Leaders.isCore(request)) {
            // It has asked itself whether the asker may know, and asks the master.
            return finals.here(
                    new JobId(request.pathParam("job")),
                    question,
                    request.vertx().getOrCreateContext());
        }
        Status job = JobRoutes.owned(board, request);
        return finals.of(job, question, request.vertx().getOrCreateContext());
    }

    private static void tell(RoutingContext request, Optional<List<Entry>> page) {
        if (page.isPresent()) {
            request.response().end(Buffer.buffer(ResultPage.encode(page.get())));
        } else {
            request.response().setStatusCode(410).end("the job has ended; its list of results has all");
        }
    }

    /** For a program that shows the sentence to a person. */
    private static void refuse(RoutingContext request) {
        if (request.failure() instanceof Problem problem && !request.response().ended()) {
            request.response().setStatusCode(problem.status()).end(problem.getMessage());
        } else {
            Api.failed(request);
        }
    }
}
