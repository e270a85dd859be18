package io.flockwork.sdk.model;

import java.util.List;

/**
 * How far a job is, as its master last said.
 *
 * @param indicesDone indices of accepted or failed units, of {@code indicesTotal}; their quotient is the share done
 * @param unitsAccepted units with an accepted result
 * @param unitsFailed units that failed all their tries
 * @param unitsRunning units leased to somebody now
 * @param unitsContested units whose votes disagree and that wait for another worker
 * @param votes results computed so far
 * @param secondsLeft estimate; negative when unknown
 * @param message one line a person should see (waiting for a second worker), or empty
 * @param workers what each worker did for this job
 */
public record JobProgress(
        JobId job,
        JobState state,
        long indicesDone,
        long indicesTotal,
        long unitsAccepted,
        long unitsFailed,
        long unitsRunning,
        long unitsContested,
        long votes,
        double secondsLeft,
        String message,
        List<WorkerShare> workers) {
    public JobProgress {
        workers = List.copyOf(workers);
    }

    /** The same, with the job in this state. */
    public JobProgress in(JobState now) {
        return with(now, now.ended() ? "" : message, workers);
    }

    /** The same, of these workers only. */
    public JobProgress of(List<WorkerShare> some) {
        return with(state, message, some);
    }

    private JobProgress with(JobState now, String nowToBeSeen, List<WorkerShare> some) {
        return new JobProgress(
                job,
                now,
                indicesDone,
                indicesTotal,
                unitsAccepted,
                unitsFailed,
                unitsRunning,
                unitsContested,
                votes,
                secondsLeft,
                nowToBeSeen,
                some);
    }

    /**
     * @param votes results it gave
     * @param outvoted those of them that lost to other workers' answers
     * @param failures units it could not compute
     */
    public record WorkerShare(NodeId worker, String name, long votes, long outvoted, long failures) {}
}
