package io.flockwork.worker.api;

import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.web.Problem;
import io.flockwork.sdk.wire.ClientMessage.Status;
import io.flockwork.sdk.wire.Dialer;
import io.flockwork.sdk.wire.ResultList.Entry;
import io.flockwork.sdk.wire.ResultPage;
import io.flockwork.worker.master.JobBoard;
import io.flockwork.worker.master.Masters;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Results that are final while their job goes on: its master has them, here or at another core. */
final class Finals {
    private static final Logger LOG = LoggerFactory.getLogger(Finals.class);
    private static final Duration SLACK = Duration.ofSeconds(10);

    private final JobBoard board;
    private final Masters masters;
    private final Leaders leaders;
    private final Dialer dialer;

    Finals(JobBoard board, Masters masters, Leaders leaders, Dialer dialer) {
        this.board = board;
        this.masters = masters;
        this.leaders = leaders;
        this.dialer = dialer;
    }

    /** Which are asked for: behind this number, at most so many; and for how long the question may wait for the first. */
    record Question(long after, int most, Duration patience) {
        /**
         * As a request says.
         *
         * @param usual how many where it does not say
         * @param most how many it may ask for
         */
        static Question of(RoutingContext request, int usual, int most) {
            return new Question(
                    Page.longNumber(request, "after", 0, 0, Long.MAX_VALUE),
                    Page.number(request, "most", usual, 1, most),
                    Duration.ofSeconds(Page.number(request, "wait", 0, 0, (int) ResultPage.LONGEST_WAIT.toSeconds())));
        }
    }

    /** The next ones, none when there were none for so long; absent when the job has ended. Fails with a {@link Problem}. */
    Future<Optional<List<Entry>>> of(Status job, Question question, Context context) {
        JobId id = job.record().id();
        if (job.record().state().ended()) {
            return Future.succeededFuture(Optional.empty());
        }
        return leaders.elsewhere(job)
                .map(master -> there(master, id, question, context))
                .orElseGet(() -> here(id, question, context));
    }

    /** The same, where only this core is asked. */
    Future<Optional<List<Entry>>> here(JobId job, Question question, Context context) {
        return Future.fromCompletionStage(
                        masters.finals(job, question.after, question.most, question.patience), context)
                .recover(failure -> Future.failedFuture(told(failure)))
                .map(page -> {
                    if (page.isEmpty() && !hasEnded(job)) {
                        throw Leaders.notNow();
                    }
                    return page;
                });
    }

    private boolean hasEnded(JobId job) {
        return board.find(job).filter(known -> known.record().state().ended()).isPresent();
    }

    private static Problem told(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof RejectedExecutionException tooMany) {
            return new Problem(503, tooMany.getMessage());
        }
        LOG.warn("final results could not be told", cause);
        return Leaders.notNow();
    }

    private Future<Optional<List<Entry>>> there(Address master, JobId job, Question question, Context context) {
        String path = ResultPage.path(job, question.after, question.most, question.patience);
        return Future.fromCompletionStage(
                        dialer.get(master, path, ResultPage.MOST_BYTES, question.patience.plus(SLACK)), context)
                .recover(away -> Future.failedFuture(Leaders.notNow()))
                .map(answer -> switch (answer.status()) {
                    case 200 -> Optional.of(ResultPage.decode(answer.body()));
                    case 410 -> Optional.empty();
                    default -> throw Leaders.notNow();
                });
    }
}
