package io.flockwork.worker.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes wrong is said as a grid says it, in one line, and shown by the exit code. */
class LocalFailuresTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "exit, exit code 3 after 3 tries",
        "eat, 'memory limit of 16 MiB reached, then exit code 4 after 3 tries'",
        "loop, time limit of 300ms passed after 3 tries",
    })
    void aFailedUnitIsTheJobsEnd(String deed, String cause) throws IOException {
        Path input = Files.writeString(folder.resolve("in.txt"), "x");
        Path out = folder.resolve("out");
        Ran ran = run(
                "--wasm",
                Ran.deeds(),
                "--arg",
                deed,
                "--each",
                input,
                "--unit-time",
                "300ms",
                "--unit-memory",
                "16m",
                "-o",
                out);
        assertEquals(3, ran.code());
        assertTrue(
                ran.err().stream().anyMatch(line -> line.startsWith("unit 0 (in.txt): " + cause)), ran.err()::toString);
        assertTrue(ran.err().contains("0 units computed, 1 failed"), ran.err()::toString);
    }

    @Test
    void fuelRunsOutAndWhatTheUnitSaidIsShown() throws IOException {
        Path input = Files.writeString(folder.resolve("in.txt"), "x");
        Ran fuel = run("--wasm", Ran.example("upper"), "--each", input, "--unit-fuel", "10");
        assertEquals(3, fuel.code());
        assertTrue(
                fuel.err().contains("unit 0 (in.txt): it used up its fuel of 10 after 3 tries"), fuel.err()::toString);
        Ran exit = run("--wasm", Ran.deeds(), "--arg", "exit", "--each", input);
        assertTrue(exit.err().contains("going now"), exit.err()::toString);
    }

    @Test
    void aResultThatCannotBeCombined() throws IOException {
        Path input = Files.writeString(folder.resolve("in.txt"), "no number\n");
        Ran ran = run("--wasm", Ran.example("upper"), "--lines", input, "--combine", "sum");
        assertEquals(3, ran.code());
        assertTrue(
                ran.err().contains("unit 0: cannot sum: the result is not one number: NO NUMBER"), ran.err()::toString);
    }

    @Test
    void aJobTypesExceptionIsOneLine() throws IOException {
        Path input = Files.writeString(folder.resolve("in.txt"), "throw");
        Ran ran = run("mischief", "--each", input);
        assertEquals(3, ran.code());
        assertTrue(ran.err().contains("unit 0 (in.txt): the sample is spoilt after 3 tries"), ran.err()::toString);
    }

    @Test
    void whatOtherMachinesWouldNotConfirmIsFoundByRunningItTwice() throws IOException {
        Path input = Files.writeString(folder.resolve("in.txt"), "same\nsame\n");
        Ran ran = run("dice", "--lines", input, "--twice", "-o", folder.resolve("out"));
        assertEquals(3, ran.code());
        String last = ran.err().get(ran.err().size() - 1);
        assertTrue(
                last.matches("computed twice: 2 of 2 units differ, the first is unit 0: byte ([5-9]|1\\d) is 0x.*"),
                last);
        Ran json = run("dice", "--lines", input, "--twice", "--json", "-o", folder.resolve("out"));
        assertTrue(json.text().matches(".*\"different\":2,\"unit\":\"0\",\"offset\":([5-9]|1\\d),.*\n"), json.text());
    }

    @Test
    void oneUnitToDebug() throws IOException {
        Path input = Files.writeString(folder.resolve("in.txt"), "a\nb\nc\n");
        assertEquals(
                "B\n",
                run("--wasm", Ran.example("upper"), "--lines", input, "--unit", "1")
                        .text());
        Ran range = run("--wasm", Ran.example("square"), "--range", "0..100", "--unit", "7..9", "--combine", "sum");
        assertEquals("7 49\n8 64\n", range.text());
        assertUsage("the job has no unit 3", "--wasm", Ran.example("upper"), "--lines", input, "--unit", "3");
        assertUsage(
                "a unit is a number, or FROM..TO in a range, not 'x'",
                "--wasm",
                Ran.example("upper"),
                "--lines",
                input,
                "--unit",
                "x");
        assertUsage(
                "a range is carved as it is computed, so its units have no numbers: give FROM..TO",
                "primes",
                "to=10",
                "--unit",
                "3");
    }

    @Test
    void wrongUsageIsOneSentence() throws IOException {
        assertUsage("what should run? Name a job type or --wasm FILE");
        assertUsage("there is no job type 'nope'; there are ", "nope");
        assertUsage("primes has no parameter 'up'; it has from, to", "primes", "to=5", "up=5");
        Path text = Files.writeString(folder.resolve("text"), "text");
        assertUsage("this is not a WebAssembly module", "--wasm", text);
        assertUsage("there is no file nothing.jar", "primes", "to=10", "--jar", "nothing.jar");
        assertUsage("slots must be", "primes", "to=10", "--slots", "0");
    }

    @Test
    void withoutLocalItPointsToSubmit() {
        Ran ran = Ran.command(folder, "run", "primes", "to=10");
        assertEquals(2, ran.code());
        assertEquals(
                "run computes on this machine and needs --local; flockwork submit hands a job to a grid (try: flockwork help run)",
                String.join("\n", ran.err()));
    }

    private void assertUsage(String sentence, Object... arguments) {
        Ran ran = run(arguments);
        assertEquals(2, ran.code(), ran.err()::toString);
        assertTrue(ran.err().get(0).replace("--", "").startsWith(sentence.replace("--", "")), ran.err()::toString);
        assertEquals(1, ran.err().size());
        assertFalse(ran.text().contains("Exception"));
    }

    private Ran run(Object... arguments) {
        return Ran.locally(folder.resolve("home"), arguments);
    }
}
