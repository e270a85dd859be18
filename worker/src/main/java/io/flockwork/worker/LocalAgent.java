package io.flockwork.worker;

import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.JobId;
import io.flockwork.worker.control.Agent;
import io.flockwork.worker.lease.AgentStatus;
import io.flockwork.worker.lease.LeaseAgent;
import io.flockwork.worker.runtime.Runner;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * This worker, as its machine's user asks and tells it, from the moment at which it begins to look for its grid. Safe for use by many
 * threads.
 */
final class LocalAgent implements Agent {
    private final Runner runner;
    private final Address coordinator;
    private LeaseAgent lease;
    private Place place;
    private boolean paused;

    /** @param coordinator whom it asks first where the grid is */
    LocalAgent(Runner runner, Address coordinator) {
        this.runner = runner;
        this.coordinator = coordinator;
    }

    /** The grid is found, and the work begins, unless the user has said otherwise. */
    synchronized void begin(LeaseAgent working, Place in) {
        lease = working;
        place = in;
        lease.pause(paused);
    }

    @Override
    public synchronized CompletionStage<AgentStatus> status() {
        return lease == null ? CompletableFuture.completedStage(looking()) : lease.status();
    }

    private AgentStatus looking() {
        return new AgentStatus(paused, coordinator, false, false, List.of(), 0, 0, 0, 0, Optional.empty());
    }

    @Override
    public synchronized void pause(boolean pause) {
        paused = pause;
        if (lease != null) {
            lease.pause(pause);
        }
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
        Place now;
        synchronized (this) {
            now = place;
        }
        return now == null ? Optional.empty() : now.nameOf(job);
    }
}
