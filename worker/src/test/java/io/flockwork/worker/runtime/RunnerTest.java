package io.flockwork.worker.runtime;

import static io.flockwork.worker.runtime.RunnerHarness.await;
import static io.flockwork.worker.runtime.RunnerHarness.cause;
import static io.flockwork.worker.runtime.RunnerHarness.java;
import static io.flockwork.worker.runtime.RunnerHarness.output;
import static io.flockwork.worker.runtime.RunnerHarness.stderr;
import static io.flockwork.worker.runtime.RunnerHarness.unit;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.flockwork.sdk.model.Code;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.Limits;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.model.UnitOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That every unit's outcome comes exactly once, whatever units do to the process they run in. */
class RunnerTest {
    private static final UnitCode MIRROR = java("mirrorjob", "mirror", Map.of());
    private static final UnitCode MISCHIEF = java("mischiefjob", "mischief", Map.of());

    @TempDir
    Path scratch;

    private RunnerHarness harness;

    @BeforeEach
    void start() throws IOException {
        harness = new RunnerHarness(scratch);
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    private static List<UnitTask> mirrors(int count) {
        return LongStream.range(0, count).mapToObj(i -> unit(i, "unit " + i)).toList();
    }

    private static void assertMirrored(Map<Span, UnitOutcome> outcomes) {
        outcomes.forEach((span, outcome) -> assertEquals("unit " + span.from(), output(outcome)));
    }

    @Test
    void whatIsVotedOnIsTheNormalForm() throws Exception {
        List<UnitTask> tasks = List.of(
                new UnitTask(new Span(0, 1), "about 0.3".getBytes(StandardCharsets.UTF_8), ""),
                new UnitTask(new Span(1, 2), "about 0.30000000000000004".getBytes(StandardCharsets.UTF_8), ""));
        Map<Span, UnitOutcome> outcomes = await(harness.start(MIRROR, tasks));
        for (UnitTask task : tasks) {
            UnitOutcome.Done done = (UnitOutcome.Done) outcomes.get(task.span());
            assertEquals("about 3E-1", new String(done.output(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void manyUnitsComeBackEachWithItsOwnResult() {
        Map<Span, UnitOutcome> outcomes = await(harness.start(MIRROR, mirrors(50_000)));
        assertEquals(50_000, outcomes.size());
        assertMirrored(outcomes);
    }

    @Test
    void aRunnerOnDemandIsThereWhileThereIsWorkAndNoLonger() throws IOException {
        RunnerSettings settings = RunnerSettings.of(1, 64 << 20, scratch.resolve("on-demand"));
        try (RunnerHarness onDemand = new RunnerHarness(Runner.onDemand(settings, Duration.ofSeconds(3)))) {
            assertEquals(-1, onDemand.runner.pid(), "nothing to do yet");
            assertEquals("one", output(onDemand.runOne(MIRROR, "one")));
            ProcessHandle first = ProcessHandle.of(onDemand.runner.pid()).orElseThrow();
            await(first.onExit());
            assertEquals("", onDemand.complaint(RunnerHarness.module("deeds")), "an inspection is work, too");
            assertNotEquals(first.pid(), onDemand.runner.pid());
            assertEquals("two", output(onDemand.runOne(MIRROR, "two")));
            assertEquals(0, onDemand.runner.deaths(), "to rest is not to die");
        }
    }

    @Test
    void rangeUnitsOfAJobTypeReadTheirSpan() {
        UnitCode range = new UnitCode(
                new JobId("range"), new Code.Java("mirror", Map.of()), RunnerHarness.LIMITS, true, () -> new byte[0]);
        UnitTask task = new UnitTask(new Span(10, 25), new byte[0], "");
        assertEquals("10 25\n", output(harness.run(range, task).get(0)));
    }

    @Test
    void largeInputsAndResultsPass() {
        String megabyte = "0123456789abcdef".repeat(1 << 16);
        List<UnitOutcome> outcomes =
                harness.run(MIRROR, unit(0, megabyte), unit(1, megabyte), unit(2, ""), unit(3, megabyte + "!"));
        assertEquals(
                List.of(megabyte, megabyte, "", megabyte + "!"),
                outcomes.stream().map(RunnerHarness::output).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "throw, the sample is spoilt",
        "exit, runner died (exit status 9)",
        "halt, runner died (exit status 9)",
        "recurse, call stack exhausted",
        "eat, runner died (out of memory)",
        "nothing, job type 'mischief' gave no result",
        "too much, output over 2 MiB",
    })
    void misbehaviourHasAClearCauseAndHarmsNobody(String deed, String cause) {
        List<UnitOutcome> outcomes =
                harness.run(MISCHIEF, unit(0, "before"), unit(1, "print"), unit(2, deed), unit(3, "after"));
        assertEquals("before", output(outcomes.get(0)));
        assertEquals("", output(outcomes.get(1)));
        assertEquals(cause, cause(outcomes.get(2)));
        assertEquals("after", output(outcomes.get(3)));
    }

    @Test
    void whatAUnitSaysOnStandardErrorIsKept() {
        assertEquals("about to throw", stderr(harness.runOne(MISCHIEF, "throw")));
    }

    @Test
    void aUnitThatWillNotStopTakesTheProcessButNoOtherUnitWithIt() {
        Limits brief = new Limits(300, 1 << 20, 1 << 20, 1);
        UnitCode deaf =
                new UnitCode(new JobId("deaf"), new Code.Java("mischief", Map.of()), brief, false, () -> new byte[0]);
        List<UnitOutcome> outcomes = harness.run(deaf, unit(0, "fine"), unit(1, "loop deaf"), unit(2, "fine too"));
        assertEquals("fine", output(outcomes.get(0)));
        assertEquals("time limit of 300ms passed", cause(outcomes.get(1)));
        assertEquals("fine too", output(outcomes.get(2)));
        assertEquals("later", output(harness.runOne(MIRROR, "later")));
    }

    @Test
    void severalKillersAmongManyUnitsAreEachFound() {
        List<UnitTask> units = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            units.add(unit(i, i % 900 == 450 ? "halt" : "unit " + i));
        }
        Map<Span, UnitOutcome> outcomes = await(harness.start(MISCHIEF, units));
        outcomes.forEach((span, outcome) -> {
            if (span.from() % 900 == 450) {
                assertEquals("runner died (exit status 9)", cause(outcome));
            } else {
                assertEquals("unit " + span.from(), output(outcome));
            }
        });
    }

    @Test
    void aKilledProcessLosesNoUnitAndTellsNoneTwice() {
        harness.run(MIRROR, unit(0, "warm"));
        CompletableFuture<Map<Span, UnitOutcome>> running = harness.start(MIRROR, mirrors(200_000));
        ProcessHandle.of(harness.runner.pid()).orElseThrow().destroyForcibly();
        Map<Span, UnitOutcome> outcomes = await(running);
        assertEquals(200_000, outcomes.size());
        assertMirrored(outcomes);
        assertEquals(1, harness.runner.deaths());
    }

    @Test
    void aProcessThatIsHungIsReplaced() throws Exception {
        harness.close();
        harness = new RunnerHarness(
                Runner.start(RunnerSettings.of(2, 64 << 20, scratch), TimeUnit.MILLISECONDS.toNanos(2500)));
        assertEquals("warm", output(harness.runOne(MIRROR, "warm")));
        long hung = harness.runner.pid();
        new ProcessBuilder("kill", "-STOP", Long.toString(hung)).start().waitFor();
        // The signal reaches the threads one by one; one that runs on may still answer.
        await().atMost(2, TimeUnit.MINUTES).until(() -> isStopped(hung));
        assertEquals("late", output(harness.runOne(MIRROR, "late")));
        assertFalse(ProcessHandle.of(hung).isPresent());
    }

    private static boolean isStopped(long pid) throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path thread : threads.toList()) {
                String stat = Files.readString(thread.resolve("stat"));
                if (!stat.substring(stat.lastIndexOf(')')).startsWith(") T")) {
                    return false;
                }
            }
            return true;
        }
    }

    private boolean aUnitRuns() throws IOException {
        return !Board.read(scratch.resolve("runner.board"), Workshop.places(2)).isEmpty();
    }

    @Test
    void largeFunctionsAreCompiledToo() {
        assertEquals("false", output(harness.runOne(MISCHIEF, "interprets large functions")));
    }

    @Test
    void aDroppedJobIsStoppedAndTellsNothing() {
        UnitCode waiting = java("waiting", "mischief", Map.of());
        CompletableFuture<Map<Span, UnitOutcome>> dropped =
                harness.start(waiting, List.of(unit(0, "wait"), unit(1, "wait"), unit(2, "wait"), unit(3, "never")));
        await().atMost(2, TimeUnit.MINUTES).until(this::aUnitRuns);
        long pid = harness.runner.pid();
        harness.runner.drop(waiting.job());
        assertEquals("free again", output(harness.runOne(MIRROR, "free again")));
        assertEquals(pid, harness.runner.pid());
        assertFalse(dropped.isDone());
    }

    @Test
    void singleUnitsCanBeDroppedFromAJob() {
        UnitCode waiting = java("waiting", "mischief", Map.of());
        UnitTask stuck = unit(0, "wait");
        harness.start(waiting, List.of(stuck));
        CompletableFuture<Map<Span, UnitOutcome>> kept = harness.start(waiting, List.of(unit(1, "kept")));
        await().atMost(2, TimeUnit.MINUTES).until(this::aUnitRuns);
        harness.runner.drop(waiting.job(), List.of(stuck.span()));
        assertEquals("kept", output(await(kept).get(new Span(1, 2))));
    }

    @Test
    void unitsThatNeedMoreMemoryThanThereIsFailAtOnce() {
        Limits large = new Limits(1000, 65 << 20, 1 << 20, 1);
        UnitCode code =
                new UnitCode(new JobId("large"), new Code.Java("mirror", Map.of()), large, false, () -> new byte[0]);
        assertEquals(
                "a unit may use 65 MiB of memory, but this worker has 64 MiB for units",
                cause(harness.runOne(code, "")));
    }

    @Test
    void codeThatCannotBeHadFailsItsUnitsOnly() {
        assertEquals(
                "this worker knows no job type 'nonesuch'",
                cause(harness.runOne(java("nonesuch", "nonesuch", Map.of()), "")));
        assertTrue(cause(harness.runOne(java("badparams", "mirror", Map.of("a", "b")), ""))
                .startsWith("mirror has no parameter 'a'"));
        UnitCode lost = new UnitCode(
                new JobId("lost"),
                RunnerHarness.deeds(RunnerHarness.LIMITS, false, "copy").code(),
                RunnerHarness.LIMITS,
                false,
                () -> {
                    throw new IllegalStateException("no such blob");
                });
        assertEquals("the module cannot be had: no such blob", cause(harness.runOne(lost, "")));
        assertEquals("fine", output(harness.runOne(MIRROR, "fine")));
    }

    @Test
    void theProcessEndsWithItsRunner() {
        harness.run(MIRROR, unit(0, ""));
        ProcessHandle process = ProcessHandle.of(harness.runner.pid()).orElseThrow();
        harness.close();
        await().atMost(1, TimeUnit.MINUTES).until(() -> !process.isAlive());
    }

    @Test
    void theProcessEndsByItselfWhenItsWorkerIsGone() throws Exception {
        RunnerSettings settings = RunnerSettings.of(1, 64 << 20, scratch.resolve("orphan"));
        RunnerProcess orphan = RunnerProcess.start(settings, SandboxSearch.find(settings));
        assertTrue(Message.read(Frames.read(orphan.in())) instanceof Message.Beat);
        ProcessHandle process = ProcessHandle.of(orphan.pid()).orElseThrow();
        orphan.out().close();
        await().atMost(1, TimeUnit.MINUTES).until(() -> !process.isAlive());
    }

    /** Killed while it clones itself into its namespaces, bubblewrap left a process behind that nothing ended. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aProcessThatIsKilledWhileItStartsLeavesNothing() throws Exception {
        RunnerSettings settings = RunnerSettings.of(1, 64 << 20, scratch.resolve("hasty"));
        Sandbox sandbox = SandboxSearch.find(settings);
        for (int micros = 0; micros < 20_000; micros += 400) {
            RunnerProcess hasty = RunnerProcess.start(settings, sandbox);
            // The moment of the kill is what differs from round to round.
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(micros));
            hasty.kill("in haste");
            hasty.awaitEnd();
        }
        // The kernel takes a moment to end what a sandbox held.
        await().atMost(1, TimeUnit.MINUTES).until(() -> processesOf(settings.scratch()) == 0);
    }

    @Test
    @Timeout(60)
    void aSandboxThatHangsBeforeThereIsAJvmIsKilledAllTheSame() throws Exception {
        RunnerSettings settings = RunnerSettings.of(1, 64 << 20, scratch.resolve("hung"));
        Sandbox found = SandboxSearch.find(settings);
        assumeTrue(found instanceof Bubblewrap, "no bubblewrap here");
        Path hung = Files.writeString(scratch.resolve("bwrap"), "#!/bin/sh\nexec sleep 600\n");
        assertTrue(hung.toFile().setExecutable(true));
        Bubblewrap real = (Bubblewrap) found;
        RunnerProcess process = RunnerProcess.start(settings, new Bubblewrap(hung, real.machine(), real.bounds()));
        process.kill("no sign of life");
        assertEquals(-1, process.in().read());
        assertEquals("no sign of life", process.awaitEnd());
    }

    private static long processesOf(Path folder) {
        return ProcessHandle.allProcesses()
                .map(process -> Path.of("/proc", Long.toString(process.pid()), "cmdline"))
                .filter(commandLine -> mentions(commandLine, folder.toString()))
                .count();
    }

    private static boolean mentions(Path commandLine, String word) {
        try {
            return Files.readString(commandLine, StandardCharsets.ISO_8859_1).contains(word);
        } catch (IOException gone) {
            return false;
        }
    }

    @Test
    void aRunnerThatCannotStartSaysWhy() throws IOException {
        harness.close();
        harness = new RunnerHarness(Runner.start(new RunnerSettings(
                1, 64 << 20, scratch, SandboxChoice.AUTO, false, List.of(), List.of("-XX:+NoSuchOption"))));
        String cause = cause(harness.runOne(MIRROR, ""));
        assertTrue(cause.startsWith("runner does not start (exit status 1: ") && cause.contains("NoSuchOption"), cause);
    }
}
