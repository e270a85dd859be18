package io.flockwork.worker.gateway;

import io.flockwork.sdk.identity.Peer;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.wire.ClientMessage.Call;
import io.flockwork.sdk.wire.ClientMessage.Refusal;
import io.flockwork.sdk.wire.ClientMessage.Reply;
import io.flockwork.sdk.wire.ClientMessage.Request;
import io.flockwork.sdk.wire.ClientMessage.Response;
import io.flockwork.sdk.wire.ClientMessage.Status;
import io.flockwork.sdk.wire.ClientMessage.Update;
import io.flockwork.sdk.wire.Message;
import io.flockwork.worker.master.JobBoard;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A submitter's socket: takes its calls and sends the news of the jobs it watches. Lives on its event loop. */
final class ClientSession {
    private static final Logger LOG = LoggerFactory.getLogger(ClientSession.class);
    private static final int MOST_WATCHED = 1_000;
    private static final int MOST_LISTED = 1_000;

    private final Vertx vertx;
    private final MessageSocket socket;
    private final Peer peer;
    private final Rights rights;
    private final JobBoard board;
    private final Bulletin bulletin;
    private final Set<JobId> watched = new HashSet<>();
    private final Consumer<Status> watcher = this::update;

    ClientSession(Vertx vertx, MessageSocket socket, Peer peer, Rights rights, JobBoard board, Bulletin bulletin) {
        this.vertx = vertx;
        this.socket = socket;
        this.peer = peer;
        this.rights = rights;
        this.board = board;
        this.bulletin = bulletin;
    }

    void start() {
        socket.listen(this::received, () -> watched.forEach(job -> bulletin.unwatch(job, watcher)));
    }

    private void received(Message message) {
        if (message instanceof Call call && !rights.mayCall(peer)) {
            socket.send(new Reply(
                    call.call(), new Response.Refused(Refusal.TRY_AGAIN, "you call too often; wait a moment")));
        } else if (message instanceof Call call) {
            answer(call.request())
                    .recover(failure -> Future.succeededFuture(refusal(failure)))
                    .onSuccess(response -> socket.send(new Reply(call.call(), response)));
        } else {
            socket.refuse("a submitter sends calls");
        }
    }

    private Future<Response> answer(Request request) {
        if (request instanceof Request.Submit submit) {
            return submit(submit);
        }
        if (request instanceof Request.Cancel cancel) {
            return cancel(cancel.job());
        }
        if (request instanceof Request.Watch watch) {
            return Future.succeededFuture(watch(watch.job()));
        }
        if (request instanceof Request.Look look) {
            return Future.succeededFuture(found(look.job(), mine(look.job())));
        }
        if (request instanceof Request.ListJobs) {
            return Future.succeededFuture(new Response.Jobs(board.all().stream()
                    .filter(job -> rights.maySee(peer, job))
                    .limit(MOST_LISTED)
                    .toList()));
        }
        if (request instanceof Request.ListConducts) {
            return Future.succeededFuture(new Response.Conducts(board.conducts().stream()
                    .limit(Response.Conducts.MOST_CONDUCTS)
                    .toList()));
        }
        if (request instanceof Request.Pardon pardon) {
            return pardon(pardon.worker());
        }
        return Future.succeededFuture(new Response.Workers(board.workers()));
    }

    private Future<Response> pardon(NodeId worker) {
        if (!rights.mayPardon(peer)) {
            return Future.succeededFuture(
                    new Response.Refused(Refusal.BAD_REQUEST, "only an operator pardons a worker"));
        }
        LOG.info("operator {} pardons worker {}", peer.operator(), worker.brief());
        return Future.fromCompletionStage(board.pardon(worker))
                .map(pardoned -> new Response.Conducts(List.of(pardoned)));
    }

    private Future<Response> submit(Request.Submit submit) {
        if (!submit.seal().owner().equals(peer.id())) {
            return Future.succeededFuture(
                    new Response.Refused(Refusal.BAD_REQUEST, "a submitter hands in jobs of its own only"));
        }
        return vertx.executeBlocking(() -> board.submit(submit.job(), submit.spec(), submit.seal()), false)
                .compose(Future::fromCompletionStage)
                .map(job -> found(submit.job(), Optional.of(job).filter(known -> rights.maySee(peer, known))));
    }

    private Future<Response> cancel(JobId job) {
        if (mine(job).isEmpty()) {
            return Future.succeededFuture(found(job, Optional.empty()));
        }
        return Future.fromCompletionStage(board.cancel(job)).map(cancelled -> found(job, cancelled));
    }

    /** Others' jobs are as good as none. */
    private Optional<Status> mine(JobId job) {
        return board.find(job).filter(known -> rights.maySee(peer, known));
    }

    private Response watch(JobId job) {
        Optional<Status> seen = mine(job);
        if (seen.isEmpty()) {
            return found(job, seen);
        }
        if (watched.size() >= MOST_WATCHED) {
            return new Response.Refused(Refusal.BAD_REQUEST, "at most " + MOST_WATCHED + " jobs are watched at a time");
        }
        if (watched.add(job)) {
            bulletin.watch(job, watcher);
        }
        return found(job, seen);
    }

    private void update(Status status) {
        Message update = new Update(status);
        if (status.record().state().ended()) {
            socket.send(update);
        } else {
            socket.sendIfKeepingUp(update);
        }
    }

    private static Response found(JobId id, Optional<Status> job) {
        return job.<Response>map(Response.Job::new)
                .orElseGet(() -> new Response.Refused(Refusal.NOT_FOUND, "there is no job " + id));
    }

    private static Response refusal(Throwable failure) {
        Throwable cause = failure.getCause() != null && !(failure instanceof IllegalArgumentException)
                ? failure.getCause()
                : failure;
        if (cause instanceof IllegalArgumentException wrong) {
            return new Response.Refused(Refusal.BAD_REQUEST, wrong.getMessage());
        }
        LOG.warn("a call failed", failure);
        return new Response.Refused(Refusal.TRY_AGAIN, "the core could not do it now; its log says why");
    }
}
