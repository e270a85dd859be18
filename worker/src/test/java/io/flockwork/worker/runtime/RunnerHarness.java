package io.flockwork.worker.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.flockwork.sdk.blob.BlobHasher;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.Code;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.Limits;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.model.UnitOutcome;
import io.flockwork.sdk.wasm.Metering;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A real runner process, and the few words that its tests speak. */
final class RunnerHarness implements AutoCloseable {
    static final Limits LIMITS = new Limits(60_000, 16 << 20, 2 << 20, 1);
    private static final long PATIENCE_SECONDS = 240;

    final Runner runner;

    RunnerHarness(Path scratch) throws IOException {
        this(Runner.start(RunnerSettings.of(2, 64 << 20, scratch)));
    }

    RunnerHarness(Runner runner) {
        this.runner = runner;
    }

    static UnitCode java(String job, String type, Map<String, String> parameters) {
        return new UnitCode(new JobId(job), new Code.Java(type, parameters), LIMITS, false, () -> new byte[0]);
    }

    static UnitCode deeds(Limits limits, boolean range, String... arguments) {
        Code code = code(module("deeds"), arguments);
        return new UnitCode(
                new JobId("deeds" + arguments[0].replaceAll("[^a-z]", "")), code, limits, range, () -> module("deeds"));
    }

    /** A module that takes no arguments. */
    static UnitCode plain(String module, Limits limits) {
        return new UnitCode(new JobId(module), code(module(module)), limits, false, () -> module(module));
    }

    /** What a job says of that module. */
    static Code code(byte[] module, String... arguments) {
        return new Code.Wasm(new BlobHasher().idOf(module), metered(module), List.of(arguments));
    }

    private static BlobId metered(byte[] module) {
        return new BlobHasher().idOf(Metering.rewrite(module));
    }

    static byte[] module(String name) {
        try (InputStream in = RunnerHarness.class.getResourceAsStream("/wasm/" + name + ".wasm")) {
            return in.readAllBytes();
        } catch (IOException missing) {
            throw new IllegalStateException(missing);
        }
    }

    static UnitTask unit(long index, String input) {
        return new UnitTask(new Span(index, index + 1), input.getBytes(StandardCharsets.UTF_8), "");
    }

    /** Starts the units; the future fails when an outcome is told twice. */
    CompletableFuture<Map<Span, UnitOutcome>> start(UnitCode code, List<UnitTask> units) {
        Map<Span, UnitOutcome> outcomes = new TreeMap<>();
        CompletableFuture<Map<Span, UnitOutcome>> all = new CompletableFuture<>();
        runner.run(code, units, (job, ended) -> {
            synchronized (outcomes) {
                for (OutcomeListener.Ended unit : ended) {
                    if (outcomes.put(unit.unit(), unit.outcome()) != null) {
                        all.completeExceptionally(new AssertionError(unit.unit() + " ended twice"));
                    }
                }
                if (outcomes.size() == units.size()) {
                    all.complete(outcomes);
                }
            }
        });
        return all;
    }

    static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | TimeoutException | java.util.concurrent.ExecutionException failed) {
            throw new AssertionError(failed);
        }
    }

    List<UnitOutcome> run(UnitCode code, UnitTask... units) {
        return new ArrayList<>(await(start(code, List.of(units))).values());
    }

    UnitOutcome runOne(UnitCode code, String input) {
        return run(code, unit(0, input)).get(0);
    }

    /** The result of a unit that ended well. */
    static String output(UnitOutcome outcome) {
        if (outcome instanceof UnitOutcome.Done done) {
            return new String(done.output(), StandardCharsets.UTF_8);
        }
        throw new AssertionError(outcome);
    }

    /** The cause of a unit that did not. */
    static String cause(UnitOutcome outcome) {
        if (outcome instanceof UnitOutcome.Failed failed) {
            return failed.cause();
        }
        throw new AssertionError(outcome);
    }

    static String stderr(UnitOutcome outcome) {
        return new String(outcome.stderr(), StandardCharsets.UTF_8);
    }

    /** What is wrong with the module, as its submitter or the runner finds it. */
    String complaint(byte[] module) {
        try {
            return complaint(module, metered(module));
        } catch (IllegalArgumentException refusal) {
            assertEquals(refusal.getMessage(), complaint(module, new BlobHasher().idOf(module)));
            return refusal.getMessage();
        }
    }

    String complaint(byte[] module, BlobId metered) {
        return await(runner.inspect(module, metered).toCompletableFuture()).orElse("");
    }

    @Override
    public void close() {
        runner.close();
    }
}
