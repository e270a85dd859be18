package io.flockwork.worker.runtime;

import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.model.UnitOutcome;
import io.flockwork.sdk.wasm.Metering;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs units in a process of their own, which is started again whenever it hangs, dies or runs out of memory. Thread-safe;
 * no method but {@link #close} waits for anything. Listeners are called on the runner's threads.
 */
public final class Runner implements AutoCloseable {
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final RunnerSettings settings;
    private final CompletableFuture<Sandbox> sandbox;
    private final Desk desk;
    private final Keeper keeper;

    private Runner(
            RunnerSettings settings,
            CompletableFuture<Sandbox> sandbox,
            long silenceNanos,
            Optional<Duration> restsAfter) {
        this.settings = settings;
        this.sandbox = sandbox;
        this.desk = new Desk(settings.slots());
        this.keeper = new Keeper(settings, sandbox, desk, silenceNanos, restsAfter);
        keeper.start();
    }

    /**
     * Finds this machine's sandbox, which takes as long as a JVM's start, and starts the process, without waiting for it, and
     * keeps it warm.
     *
     * @throws IllegalStateException with one sentence when a sandbox is required and there is none
     * @throws IOException when the scratch directory cannot be used
     */
    public static Runner start(RunnerSettings settings) throws IOException {
        return start(settings, SILENCE_NANOS);
    }

    /** Starts a process that counts as hung when it gave no sign of life for that long. */
    static Runner start(RunnerSettings settings, long silenceNanos) throws IOException {
        return new Runner(settings, found(settings), silenceNanos, Optional.empty());
    }

    /**
     * Starts the process when there is work, and ends it when there was none for that long. Finds the sandbox in the meantime,
     * unless one is required.
     *
     * @throws IllegalStateException with one sentence when a sandbox is required and there is none
     * @throws IOException when the scratch directory cannot be used
     */
    public static Runner onDemand(RunnerSettings settings, Duration restsAfter) throws IOException {
        CompletableFuture<Sandbox> sandbox = settings.sandbox() == SandboxChoice.REQUIRED
                ? found(settings)
                : CompletableFuture.supplyAsync(() -> search(settings), task -> new Thread(task, "sandbox").start());
        return new Runner(settings, sandbox, SILENCE_NANOS, Optional.of(restsAfter));
    }

    private static CompletableFuture<Sandbox> found(RunnerSettings settings) throws IOException {
        return CompletableFuture.completedFuture(SandboxSearch.find(settings));
    }

    private static Sandbox search(RunnerSettings settings) {
        try {
            return SandboxSearch.find(settings);
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }

    /**
     * Runs the units, in about this order. Each one's outcome is told to the listener exactly once, unless it is dropped
     * or the runner closed before.
     */
    public void run(UnitCode code, List<UnitTask> tasks, OutcomeListener listener) {
        long needed = code.limits().memoryBytes();
        if (needed > settings.memoryBytes()) {
            String cause = "a unit may use " + Wording.bytes(needed) + " of memory, but this worker has "
                    + Wording.bytes(settings.memoryBytes()) + " for units";
            DeskJob job = new DeskJob(0, code);
            keeper.deliver(tasks.stream()
                    .map(task -> new Ticket.Unit(0, job, task, listener).failed(cause))
                    .toList());
            return;
        }
        synchronized (desk) {
            desk.add(code, tasks, listener);
            desk.notifyAll();
        }
    }

    /** Forgets a job. Its units that run are stopped; none of its outcomes is told any more. */
    public void drop(JobId job) {
        synchronized (desk) {
            desk.drop(job);
            desk.notifyAll();
        }
    }

    /** Forgets some units of a job, as {@link #drop(JobId)} does all. */
    public void drop(JobId job, Collection<Span> units) {
        Set<Span> spans = Set.copyOf(units);
        synchronized (desk) {
            desk.drop(job, unit -> spans.contains(unit.task().span()));
            desk.notifyAll();
        }
    }

    /**
     * Says in one sentence why a WebAssembly module cannot run here; completes with empty when it can.
     *
     * @param metered the id of what the module has to become before it runs
     */
    public CompletionStage<Optional<String>> inspect(byte[] module, BlobId metered) {
        if (module.length > Metering.MOST_BYTES) {
            return CompletableFuture.completedStage(
                    Optional.of("the module is larger than " + Wording.bytes(Metering.MOST_BYTES)));
        }
        CompletableFuture<Optional<String>> verdict = new CompletableFuture<>();
        Consumer<UnitOutcome> listener = outcome -> verdict.complete(complaint(outcome));
        synchronized (desk) {
            if (keeper.isClosed()) {
                return CompletableFuture.failedStage(new IllegalStateException("the runner is closed"));
            }
            desk.inspect(module, metered, listener);
            desk.notifyAll();
        }
        return verdict;
    }

    private static Optional<String> complaint(UnitOutcome outcome) {
        if (outcome instanceof UnitOutcome.Failed failed) {
            return Optional.of("the module cannot be inspected: " + failed.cause());
        }
        byte[] output = ((UnitOutcome.Done) outcome).output();
        return output.length == 0 ? Optional.empty() : Optional.of(new String(output, StandardCharsets.UTF_8));
    }

    /** What units are kept from, or why from nothing, in one sentence for the volunteer; completes when it is known. */
    public CompletionStage<String> protection() {
        return sandbox.thenApply(Sandbox::protection);
    }

    /** Slots that have a unit to run now. */
    public int busySlots() {
        synchronized (desk) {
            return desk.busySlots();
        }
    }

    /** How often a process of this runner's has ended before its time, or has not started. */
    public long deaths() {
        return keeper.deaths();
    }

    /** Ends the process and forgets all units. */
    @Override
    public void close() {
        keeper.close();
    }

    /** True when units run in a sandbox; waits until that is known. */
    boolean isSandboxed() {
        return sandbox.join() instanceof Bubblewrap;
    }

    /** The process that runs units now; for tests that do it harm. */
    long pid() {
        return keeper.pid();
    }
}
