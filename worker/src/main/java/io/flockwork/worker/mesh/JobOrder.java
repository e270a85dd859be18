package io.flockwork.worker.mesh;

import io.flockwork.sdk.model.JobRecord;

/** Which of two records of one job is further: an ended one, else the one of the higher epoch. */
final class JobOrder {
    private JobOrder() {}

    static boolean isLater(JobRecord candidate, JobRecord known) {
        if (candidate.state().ended() != known.state().ended()) {
            return candidate.state().ended();
        }
        return candidate.epoch() > known.epoch();
    }
}
