package io.flockwork.worker.api;

import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.WorkerInfo;
import io.flockwork.sdk.web.Callers;
import io.flockwork.sdk.web.Problem;
import io.flockwork.sdk.wire.ClientMessage.Status;
import io.flockwork.worker.master.JobBoard;
import io.flockwork.worker.master.Masters;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** Who leads a job, for questions that only its master can answer: cores ask each other. */
final class Leaders {
    private final JobBoard board;
    private final Masters masters;

    Leaders(JobBoard board, Masters masters) {
        this.board = board;
        this.masters = masters;
    }

    /** The other core that is to be asked; absent when this one leads the job, or nobody is known to. */
    Optional<Address> elsewhere(Status job) {
        return masters.leads(job.record().id())
                ? Optional.empty()
                : job.record().master().flatMap(this::gateway);
    }

    private Optional<Address> gateway(NodeId core) {
        return board.cores().stream()
                .filter(info -> info.id().equals(core))
                .map(WorkerInfo::gateway)
                .findFirst();
    }

    /** True when another core asks, by its certificate; it has asked itself whether whom it asks for may know. */
    static boolean isCore(RoutingContext request) {
        return Callers.peer(request.request())
                .filter(peer -> peer.role() == Role.CORE)
                .isPresent();
    }

    static Problem notNow() {
        return new Problem(503, "nobody leads the job just now, or who does gives no answer; try again");
    }
}
