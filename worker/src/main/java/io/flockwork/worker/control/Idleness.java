package io.flockwork.worker.control;

import io.flockwork.sdk.model.Standing;
import io.flockwork.worker.lease.AgentStatus;
import io.flockwork.worker.lease.AgentStatus.JobStatus;
import java.util.Optional;

/** Why an agent computes nothing, in one sentence for the machine's user. */
final class Idleness {
    private Idleness() {}

    /** Empty when it has units in hand. */
    static Optional<String> why(AgentStatus now) {
        boolean working = now.jobs().stream().anyMatch(job -> job.unitsInHand() > 0);
        return working ? Optional.empty() : Optional.of(sentence(now));
    }

    private static String sentence(AgentStatus now) {
        if (now.paused()) {
            return "it is paused";
        }
        if (now.record()
                .filter(known -> known.reputation().standing() == Standing.BANNED)
                .isPresent()) {
            return "the grid has banned it for wrong answers; an operator can lift that (flockwork pardon)";
        }
        if (!now.homeReached()) {
            return "no core is reached: " + now.home() + " does not answer, or no longer lets this worker in";
        }
        if (!now.informed()) {
            return "it has not heard yet which jobs there are";
        }
        if (now.jobs().isEmpty()) {
            return withoutJob(now);
        }
        return now.jobs().stream().anyMatch(JobStatus::masterReached)
                ? "it waits for the job's master to have work for it"
                : "the core that leads the job is not reached";
    }

    private static String withoutJob(AgentStatus now) {
        if (now.declined() > 0) {
            return declined(now.declined());
        }
        return now.unsigned() > 0
                ? "no member of the grid has signed the jobs that there are"
                : "the grid has no job that runs";
    }

    private static String declined(int jobs) {
        String subject = jobs == 1 ? "the job asks" : "all " + jobs + " jobs ask";
        return subject + " for more memory than this worker gives (--memory)";
    }
}
