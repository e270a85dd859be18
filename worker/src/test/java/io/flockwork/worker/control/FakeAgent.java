package io.flockwork.worker.control;

import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.JobId;
import io.flockwork.worker.lease.AgentStatus;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Does nothing but remember whether it is paused. */
final class FakeAgent implements Agent {
    static final Address HOME = new Address("home", 7701);

    volatile boolean paused;
    volatile List<AgentStatus.JobStatus> jobs = List.of();

    @Override
    public CompletionStage<AgentStatus> status() {
        return CompletableFuture.completedFuture(
                new AgentStatus(paused, HOME, !paused, !paused, jobs, 0, 0, 0, 7, Optional.empty()));
    }

    @Override
    public void pause(boolean pause) {
        paused = pause;
    }

    @Override
    public String protection() {
        return "walls";
    }

    @Override
    public int busySlots() {
        return paused ? 0 : 1;
    }

    @Override
    public Optional<String> nameOf(JobId job) {
        return Optional.of("job " + job.value());
    }
}
