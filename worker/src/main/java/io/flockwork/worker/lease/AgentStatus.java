package io.flockwork.worker.lease;

import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.Code;
import io.flockwork.sdk.model.Conduct;
import io.flockwork.sdk.model.JobId;
import java.util.List;
import java.util.Optional;

/**
 * What a worker does at one moment.
 *
 * @param home the core that tells it which jobs there are
 * @param homeReached true when there is an open socket to that core
 * @param informed true once a core has said which jobs there are, since this worker last began to work
 * @param jobs those it works for
 * @param declined jobs that ask for more memory than it gives
 * @param unsigned jobs that no member of the grid has signed
 * @param leftovers reports of an earlier run whose jobs have not been named yet
 * @param unitsDone results since its start, those of jobs that have ended included
 * @param record what the grid holds against it, if anything
 */
public record AgentStatus(
        boolean paused,
        Address home,
        boolean homeReached,
        boolean informed,
        List<JobStatus> jobs,
        int declined,
        int unsigned,
        int leftovers,
        long unitsDone,
        Optional<Conduct> record) {
    /**
     * One job as this worker sees it.
     *
     * @param masterReached true when there is an open socket to the core that leads it
     * @param unitsDone results since this worker's start
     * @param unacknowledged reports that the master may not have yet
     */
    public record JobStatus(
            JobId job, Code code, boolean masterReached, long unitsDone, int unitsInHand, int unacknowledged) {}
}
