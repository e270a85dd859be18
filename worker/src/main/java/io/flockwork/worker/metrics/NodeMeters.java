package io.flockwork.worker.metrics;

import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.UnitOutcome;
import io.flockwork.sdk.monitor.Answer;
import io.flockwork.sdk.monitor.Meters;
import io.flockwork.sdk.monitor.Monitor;
import io.flockwork.sdk.monitor.Page;
import io.flockwork.worker.lease.AgentStatus;
import io.flockwork.worker.lease.AgentStatus.JobStatus;
import io.flockwork.worker.lease.UnitListener;
import io.flockwork.worker.runtime.Runner;
import io.flockwork.worker.swarm.Storage;
import io.flockwork.worker.swarm.Swarm;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** What every worker counts. Safe for use by many threads. */
public final class NodeMeters implements Monitor, AutoCloseable {
    private static final AgentStatus NOTHING_KNOWN = new AgentStatus(
            false, new Address("nowhere.invalid", 1), false, false, List.of(), 0, 0, 0, 0, Optional.empty());
    private static final Duration[] UNIT_BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(10),
        Duration.ofMillis(100),
        Duration.ofSeconds(1),
        Duration.ofSeconds(10),
        Duration.ofMinutes(1),
        Duration.ofMinutes(10)
    };

    private final Meters meters;
    private final Function<AgentStatus, Optional<String>> complaint;
    private final Counter done;
    private final Counter failed;
    private final Timer seconds;
    private volatile AgentStatus last = NOTHING_KNOWN;
    private volatile boolean ready;

    private NodeMeters(
            String role,
            Supplier<CompletionStage<AgentStatus>> status,
            Function<AgentStatus, Optional<String>> complaint) {
        this.complaint = complaint;
        this.meters = new Meters(role, () -> status.get().thenApply(this::look));
        this.done = computed("done");
        this.failed = computed("failed");
        this.seconds = Timer.builder("flockwork.unit")
                .description("Seconds that units took in the runner, whatever came of them")
                .serviceLevelObjectives(UNIT_BUCKETS)
                .register(registry());
    }

    /**
     * Counts from now on.
     *
     * @param slots units at once
     * @param status what the worker does now; fails or does not complete when it does not live
     * @param complaint why it does not do what it is there for, in one sentence
     */
    public static NodeMeters of(
            String role,
            int slots,
            Runner runner,
            Supplier<CompletionStage<AgentStatus>> status,
            Function<AgentStatus, Optional<String>> complaint) {
        NodeMeters made = new NodeMeters(role, status, complaint);
        made.gauge("flockwork.slots", "Units that this worker runs at once", now -> slots);
        made.gauge("flockwork.slots.busy", "Slots that compute now", now -> runner.busySlots());
        FunctionCounter.builder("flockwork.runner.restarts", runner, Runner::deaths)
                .description("Runner processes that ended before their time, or did not start")
                .register(made.registry());
        made.addStatus();
        return made;
    }

    private void addStatus() {
        gauge("flockwork.ready", "1 when this node does what it is there for", now -> ready ? 1 : 0);
        gauge("flockwork.paused", "1 while its user has paused this worker", now -> now.paused() ? 1 : 0);
        gauge("flockwork.home.connected", "1 while a core is this worker's home", now -> now.homeReached() ? 1 : 0);
        gauge("flockwork.jobs.working", "Jobs that this worker works for", now -> now.jobs()
                .size());
        gauge("flockwork.jobs.declined", "Jobs that ask for more memory than it gives", AgentStatus::declined);
        gauge("flockwork.leases.held", "Units leased to this worker that it has not done", sum(JobStatus::unitsInHand));
        gauge(
                "flockwork.reports.waiting",
                "Reports that no master has acknowledged",
                now -> now.leftovers() + sum(JobStatus::unacknowledged).applyAsDouble(now));
        gauge("flockwork.own.strikes", "Wrong answers that the grid holds against this worker", now -> now.record()
                .map(known -> known.reputation().strikes())
                .orElse(0));
    }

    private static ToDoubleFunction<AgentStatus> sum(ToDoubleFunction<JobStatus> number) {
        return now -> now.jobs().stream().mapToDouble(number).sum();
    }

    private void gauge(String name, String description, ToDoubleFunction<AgentStatus> number) {
        Gauge.builder(name, () -> number.applyAsDouble(last))
                .description(description)
                .register(registry());
    }

    private Counter computed(String outcome) {
        return Counter.builder("flockwork.units.computed")
                .description("Units that this worker's runner has ended, by what came of them")
                .tag("outcome", outcome)
                .register(registry());
    }

    private Optional<String> look(AgentStatus now) {
        last = now;
        Optional<String> complains = complaint.apply(now);
        ready = complains.isEmpty();
        return complains;
    }

    /** What this worker keeps for jobs, and has fetched for them. */
    public void add(Swarm swarm, Storage storage) {
        Gauge.builder("flockwork.blobs", () -> swarm.store().bytes())
                .description("Bytes of blobs that this worker keeps")
                .baseUnit("bytes")
                .register(registry());
        Gauge.builder("flockwork.blobs.limit", storage::limit)
                .description("Bytes of blobs that it keeps at most")
                .baseUnit("bytes")
                .register(registry());
        FunctionCounter.builder("flockwork.swarm.fetched", swarm, Swarm::fetchedBytes)
                .description("Bytes of pieces fetched from others")
                .baseUnit("bytes")
                .register(registry());
    }

    /** Counts units. */
    public UnitListener units() {
        return outcome -> {
            (outcome instanceof UnitOutcome.Done ? done : failed).increment();
            seconds.record(outcome.micros(), TimeUnit.MICROSECONDS);
        };
    }

    MeterRegistry registry() {
        return meters.registry();
    }

    /** To be done before numbers are read. */
    void before(Runnable reading) {
        meters.before(reading);
    }

    @Override
    public CompletionStage<Answer> answer(Page page) {
        return meters.answer(page);
    }

    @Override
    public void close() {
        meters.close();
    }
}
