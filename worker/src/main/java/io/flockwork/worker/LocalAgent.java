package io.flockwork.worker;

import io.flockwork.sdk.model.JobId;
import io.flockwork.worker.control.Agent;
import io.flockwork.worker.lease.AgentStatus;
import io.flockwork.worker.lease.LeaseAgent;
import io.flockwork.worker.runtime.Runner;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** This worker, as its machine's user asks and tells it. */
record LocalAgent(LeaseAgent lease, Runner runner, Place place) implements Agent {
    @Override
    public CompletionStage<AgentStatus> status() {
        return lease.status();
    }

    @Override
    public void pause(boolean paused) {
        lease.pause(paused);
    }

    @Override
    public String protection() {
        return runner.protection().toCompletableFuture().getNow("what protects this machine is being looked at");
    }

    @Override
    public int busySlots() {
        return runner.busySlots();
    }

    @Override
    public Optional<String> nameOf(JobId job) {
        return place.nameOf(job);
    }
}
