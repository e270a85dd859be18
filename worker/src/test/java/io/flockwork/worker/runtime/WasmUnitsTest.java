package io.flockwork.worker.runtime;

import static io.flockwork.worker.runtime.RunnerHarness.cause;
import static io.flockwork.worker.runtime.RunnerHarness.deeds;
import static io.flockwork.worker.runtime.RunnerHarness.module;
import static io.flockwork.worker.runtime.RunnerHarness.output;
import static io.flockwork.worker.runtime.RunnerHarness.plain;
import static io.flockwork.worker.runtime.RunnerHarness.stderr;
import static io.flockwork.worker.runtime.RunnerHarness.unit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.blob.BlobHasher;
import io.flockwork.sdk.model.Code;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.Limits;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.model.UnitOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a WebAssembly unit is given, what it may do, and that whatever it does has a clear outcome. */
class WasmUnitsTest {
    private static RunnerHarness harness;

    @BeforeAll
    static void start(@TempDir Path scratch) throws IOException {
        harness = new RunnerHarness(scratch);
    }

    @AfterAll
    static void stop() {
        harness.close();
    }

    private static UnitCode deed(String... arguments) {
        return deeds(RunnerHarness.LIMITS, false, arguments);
    }

    @Test
    void standardInputBecomesStandardOutput() {
        String text = "a line\n".repeat(100_000);
        assertEquals(text, output(harness.runOne(deed("copy"), text)));
        assertEquals("", output(harness.runOne(deed("copy"), "")));
    }

    @Test
    void rangeUnitsGetTheirSpanAsLastArguments() {
        UnitTask task = new UnitTask(new Span(-5, 1_000_000_000_000L), new byte[0], "");
        List<UnitOutcome> outcomes = harness.run(deeds(RunnerHarness.LIMITS, true, "arguments", "x y"), task);
        assertEquals("unit\narguments\nx y\n-5\n1000000000000\n", output(outcomes.get(0)));
    }

    @Test
    void theInputIsAlsoAFileInADirectoryOfTheUnitsOwn() {
        UnitTask task = new UnitTask(new Span(0, 1), "sample".getBytes(StandardCharsets.UTF_8), "sample-07.txt");
        assertEquals(
                "samplekept for a while\n",
                output(harness.run(deed("files", "sample-07.txt"), task).get(0)));
        assertEquals(
                "samplekept for a while\n",
                output(harness.run(deed("files", "/sample-07.txt"), task).get(0)));
        assertEquals("exit code 5", cause(harness.runOne(deed("files", "note"), "")));
    }

    @ParameterizedTest
    @CsvSource({
        "exit, exit code 3",
        "trap, trap: unreachable instruction",
        "wild, trap: out of bounds memory access: 4 bytes at 2147483632 of",
        "recurse, call stack exhausted",
        "eat, 'memory limit of 16 MiB reached, then exit code 4'",
        "print, output over 2 MiB",
        "passwd, exit code 8",
        "socket, exit code 58",
        "fill, exit code 6",
        "gulp, exit code 21",
    })
    void misbehaviourHasAClearCauseAndHarmsNobody(String deed, String cause) {
        UnitOutcome outcome = harness.runOne(deed(deed), "");
        assertTrue(cause(outcome).startsWith(cause), cause(outcome));
        assertEquals("fine", output(harness.runOne(deed("copy"), "fine")));
    }

    @Test
    void anEndlessLoopEndsAtTheTimeLimit() {
        assertEquals("fine", output(harness.runOne(deed("copy"), "fine")));
        long pid = harness.runner.pid();
        Limits brief = new Limits(300, 16 << 20, 1 << 20, 1);
        assertEquals("time limit of 300ms passed", cause(harness.runOne(deeds(brief, false, "loop"), "")));
        assertEquals(pid, harness.runner.pid(), "compiled code can be interrupted");
    }

    @Test
    void theFirstBytesOfStandardErrorAreKept() {
        assertEquals("going now", stderr(harness.runOne(deed("exit"), "")));
        assertEquals(
                UnitOutcome.MAX_STDERR, harness.runOne(deed("complain"), "").stderr().length);
    }

    @Test
    void aUnitThatUsesUpItsFuelSaysSo() {
        Limits little = new Limits(60_000, 16 << 20, 2 << 20, 1, 1_000_000);
        UnitCode loop = deeds(little, false, "loop");
        UnitCode brief = new UnitCode(new JobId("brief"), loop.code(), little, false, loop.module());
        assertEquals("it used up its fuel of 1000000", cause(harness.runOne(brief, "")));
    }

    @Test
    void aUnitHasEnoughFuelExactlyWhenItHasAsMuchAsItUses() {
        long fuel = fuel(harness.runOne(deed("copy"), "some text"));
        assertEquals(fuel, fuel(harness.runOne(copyWith("enough", fuel), "some text")));
        UnitOutcome failed = harness.runOne(copyWith("less", fuel - 1), "some text");
        assertEquals("it used up its fuel of " + (fuel - 1), cause(failed));
    }

    private static UnitCode copyWith(String job, long fuel) {
        Limits limits = new Limits(60_000, 16 << 20, 2 << 20, 1, fuel);
        UnitCode copy = deeds(limits, false, "copy");
        return new UnitCode(new JobId(job), copy.code(), limits, false, copy.module());
    }

    @Test
    void fuelIsTheSameForTheSameWorkAndMoreForMore() {
        long fuel = fuel(harness.runOne(deed("copy"), "a line\n".repeat(1000)));
        assertEquals(fuel, fuel(harness.runOne(deed("copy"), "B LINE\n".repeat(1000))));
        long more = fuel(harness.runOne(deed("copy"), "a line\n".repeat(100_000)));
        assertTrue(more > fuel + 2 * 7 * 99_000 / 8, "each byte is read and written: " + more);
    }

    private static long fuel(UnitOutcome outcome) {
        return ((UnitOutcome.Done) outcome).fuel();
    }

    @Test
    void aModuleThatIsRewrittenOtherwiseIsRefused() {
        byte[] good = module("deeds");
        String otherwise = "the module's work is counted otherwise here than where the job was handed in:"
                + " one of the two runs another version of Flockwork";
        assertEquals(otherwise, harness.complaint(good, new BlobHasher().idOf(good)));
        Code.Wasm code = (Code.Wasm) RunnerHarness.code(good, "copy");
        Code other = new Code.Wasm(code.module(), code.module(), code.arguments());
        UnitCode unit = new UnitCode(new JobId("other"), other, RunnerHarness.LIMITS, false, () -> good);
        assertEquals(otherwise, cause(harness.runOne(unit, "")));
    }

    @Test
    void copiesOfAUnitSeeTheSameRandomNumbersAndOthersDoNot() {
        String first = output(harness.run(deed("random"), unit(7, "")).get(0));
        assertEquals(first, output(harness.run(deed("random"), unit(7, "")).get(0)));
        assertNotEquals(first, output(harness.run(deed("random"), unit(8, "")).get(0)));
    }

    @Test
    void timeIsTheUnitsOwnAndPassesWhenItSleeps() {
        String seen = output(harness.runOne(deed("clocks"), ""));
        assertEquals(seen, output(harness.runOne(deed("clocks"), "")));
        assertTrue(seen.startsWith("1767225600.00") && seen.endsWith(" 3600\n"), seen);
    }

    @Test
    void aModuleThatStartsWithMoreMemoryThanAllowedSaysSo() {
        Limits tiny = new Limits(1000, 1 << 20, 1 << 20, 1);
        assertEquals(
                "memory limit of 1 MiB is less than the 2 MiB that the module starts with",
                cause(harness.runOne(plain("wide", tiny), "")));
    }

    @Test
    void aFunctionTooLargeToCompileIsInterpreted() {
        byte[] module = TinyModule.countingTo(20_000);
        assertEquals("", harness.complaint(module));
        UnitCode plain = plain("wide", RunnerHarness.LIMITS);
        UnitCode large =
                new UnitCode(new JobId("large"), RunnerHarness.code(module), plain.limits(), false, () -> module);
        assertEquals("", output(harness.runOne(large, "")));
    }

    @Test
    void offsetsThatTheEngineWouldTakeForNegativeAreRefused() {
        assertEquals("", harness.complaint(TinyModule.loadingAt(1000)));
        assertEquals(
                "the module has a memory offset over 2 GiB", harness.complaint(TinyModule.loadingAt(0xFFFF_FFFCL)));
    }

    @Test
    void goodModulesPassInspection() {
        assertEquals("", harness.complaint(module("deeds")));
    }

    @Test
    void modulesThatCannotRunAreRefusedInOneSentence() {
        byte[] good = module("deeds");
        assertEquals(
                "this is not a WebAssembly module", harness.complaint("#!/bin/sh\n".getBytes(StandardCharsets.UTF_8)));
        assertEquals("this is not a WebAssembly module", harness.complaint(new byte[0]));
        assertTrue(harness.complaint(Arrays.copyOf(good, good.length / 2)).startsWith("the module is damaged"));
        assertEquals("the module imports what a unit does not get: env.launch", harness.complaint(module("stranger")));
        assertEquals(
                "the module imports what a unit does not get: wasi_snapshot_preview1.sock_open",
                harness.complaint(module("sock_open")));
        assertEquals("the module exports no _start: it is not a WASI command", harness.complaint(module("library")));
        assertEquals("the module wants SIMD, which units do not have", harness.complaint(TinyModule.withVectors()));
        assertEquals("the module wants threads, which units do not have", harness.complaint(module("threads")));
        assertEquals("the module is larger than 64 MiB", harness.complaint(new byte[(64 << 20) + 1]));
    }
}
