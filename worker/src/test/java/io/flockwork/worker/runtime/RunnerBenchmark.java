package io.flockwork.worker.runtime;

import io.flockwork.sdk.model.Code;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.Limits;
import io.flockwork.sdk.model.Span;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * Prints how long a runner takes to start, how many tiny units a second it takes, and how long one unit takes there and
 * back. Argument: auto, required or off, for the sandbox.
 */
final class RunnerBenchmark {
    private static final int UNITS = 100_000;
    private static final int WASM_UNITS = 5_000;
    private static final int ROUNDS = 10;
    private static final int SINGLES = 2_000;

    private RunnerBenchmark() {}

    public static void main(String[] args) throws Exception {
        RunnerSettings settings = RunnerSettings.of(2, 64 << 20, Path.of(System.getProperty("java.io.tmpdir"), "bench"))
                .with(SandboxChoice.parse(args.length == 0 ? "auto" : args[0]));
        UnitCode code = new UnitCode(
                new JobId("bench"), new Code.Java("mirror", Map.of()), new Limits(1000, 1 << 20, 1024, 1), false, null);
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            try (Runner runner = Runner.start(settings)) {
                long found = System.nanoTime();
                time(runner, code, 1);
                System.out.printf(
                        "sandbox found in %d ms, first unit done after %d ms more%n",
                        (found - start) / 1_000_000, (System.nanoTime() - found) / 1_000_000);
            }
        }
        try (Runner runner = Runner.start(settings)) {
            System.out.println(runner.protection().toCompletableFuture().join());
            for (int round = 0; round < ROUNDS; round++) {
                double seconds = time(runner, code, UNITS);
                System.out.printf("%,d units in %.3f s: %,.0f a second%n", UNITS, seconds, UNITS / seconds);
            }
            UnitCode wasm = RunnerHarness.deeds(new Limits(1000, 1 << 20, 1024, 1), false, "copy");
            for (int round = 0; round < ROUNDS; round++) {
                double seconds = time(runner, wasm, WASM_UNITS);
                System.out.printf(
                        "%,d WebAssembly units in %.3f s: %,.0f a second%n", WASM_UNITS, seconds, WASM_UNITS / seconds);
            }
            for (int round = 0; round < 3; round++) {
                double total = 0;
                for (int i = 0; i < SINGLES; i++) {
                    total += time(runner, code, 1);
                }
                System.out.printf("one unit there and back: %.1f µs%n", total / SINGLES * 1e6);
            }
        }
    }

    private static double time(Runner runner, UnitCode code, int units) throws InterruptedException {
        List<UnitTask> tasks = new ArrayList<>();
        for (int i = 0; i < units; i++) {
            tasks.add(new UnitTask(new Span(i, i + 1), ("line " + i).getBytes(StandardCharsets.UTF_8), ""));
        }
        CountDownLatch left = new CountDownLatch(units);
        long start = System.nanoTime();
        runner.run(code, tasks, (job, ended) -> ended.forEach(unit -> left.countDown()));
        left.await();
        return (System.nanoTime() - start) / 1e9;
    }
}
