package io.flockwork.worker.api;

import io.flockwork.sdk.model.Conduct;
import io.flockwork.sdk.model.Standing;
import io.flockwork.sdk.model.WorkerInfo;
import io.flockwork.sdk.report.ConductReport;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * A worker as people see it.
 *
 * @param votesPerSecond answers in running jobs
 * @param idleBecause one sentence, empty while it computes
 */
record WorkerView(WorkerInfo worker, Optional<Conduct> conduct, double votesPerSecond, long votes, String idleBecause) {
    private static final long RECENT_MILLIS = 15_000;

    /** What is known of the moment. */
    record Now(long millis, int jobsRunning) {}

    static WorkerView of(WorkerInfo worker, Optional<Conduct> conduct, Pulse pulse, Now now) {
        boolean isRecent = now.millis() - pulse.lastVoteMillis(worker.id()) < RECENT_MILLIS;
        return new WorkerView(
                worker,
                conduct,
                pulse.votesPerSecond(worker.id()),
                pulse.votes(worker.id()),
                isRecent && pulse.votes(worker.id()) > 0 ? "" : whyIdle(conduct, pulse.votes(worker.id()), now));
    }

    private static String whyIdle(Optional<Conduct> conduct, long votes, Now now) {
        if (isBanned(conduct)) {
            return "banned: its answers were proven wrong";
        }
        if (now.jobsRunning() == 0) {
            return "no job is running";
        }
        if (votes > 0) {
            return "no answer for a while: its units take long, or those that are left are for others to confirm";
        }
        return "has taken no unit of the running jobs: paused, busy with its owner's work, or lacking what they need";
    }

    private static boolean isBanned(Optional<Conduct> conduct) {
        return conduct.filter(known -> known.reputation().standing() == Standing.BANNED)
                .isPresent();
    }

    String activity() {
        if (isBanned(conduct)) {
            return "banned";
        }
        return idleBecause.isEmpty() ? "computing" : "idle";
    }

    String standing() {
        return ConductReport.standing(conduct);
    }

    double agreement() {
        return conduct.flatMap(Conduct::agreement).orElse(-1.0);
    }

    int strikes() {
        return conduct.map(known -> known.reputation().strikes()).orElse(0);
    }

    JsonObject json() {
        return new JsonObject(ConductReport.of(worker, conduct))
                .put("activity", activity())
                .put("idleBecause", idleBecause)
                .put("unitsPerSecond", votesPerSecond)
                .put("votes", votes);
    }
}
