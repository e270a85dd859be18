package io.flockwork.worker.api;

import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.WorkerInfo;
import io.flockwork.sdk.web.Problem;
import io.flockwork.sdk.wire.ClientMessage.Status;
import io.flockwork.sdk.wire.Dialer;
import io.flockwork.sdk.wire.ResultList.Entry;
import io.flockwork.sdk.wire.ResultPage;
import io.flockwork.worker.master.JobBoard;
import io.flockwork.worker.master.Masters;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Results that are final while their job goes on: its master has them, here or at another core. */
final class Finals {
    private static final Duration SLACK = Duration.ofSeconds(10);

    private final JobBoard board;
    private final Masters masters;
    private final Dialer dialer;

    Finals(JobBoard board, Masters masters, Dialer dialer) {
        this.board = board;
        this.masters = masters;
        this.dialer = dialer;
    }

    /** Which are asked for: behind this number, at most so many; and for how long the question may wait for the first. */
    record Question(long after, int most, Duration patience) {}

    /** The next ones, none when there were none for so long; absent when the job has ended. Fails with a {@link Problem}. */
    Future<Optional<List<Entry>>> of(Status job, Question question, Context context) {
        JobId id = job.record().id();
        Optional<Address> master = job.record().master().flatMap(this::gateway);
        if (job.record().state().ended()) {
            return Future.succeededFuture(Optional.empty());
        }
        return masters.leads(id) || master.isEmpty()
                ? here(id, question, context)
                : there(master.get(), id, question, context);
    }

    /** The same, where only this core is asked. */
    Future<Optional<List<Entry>>> here(JobId job, Question question, Context context) {
        return Future.fromCompletionStage(
                        masters.finals(job, question.after, question.most, question.patience), context)
                .recover(late -> Future.failedFuture(notNow()))
                .map(page -> Optional.of(page.orElseThrow(Finals::notNow)));
    }

    private Future<Optional<List<Entry>>> there(Address master, JobId job, Question question, Context context) {
        String path = ResultPage.path(job, question.after, question.most, question.patience);
        return Future.fromCompletionStage(
                        dialer.get(master, path, ResultPage.MOST_BYTES, question.patience.plus(SLACK)), context)
                .recover(away -> Future.failedFuture(notNow()))
                .map(answer -> switch (answer.status()) {
                    case 200 -> Optional.of(ResultPage.decode(answer.body()));
                    case 410 -> Optional.empty();
                    default -> throw notNow();
                });
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
}
