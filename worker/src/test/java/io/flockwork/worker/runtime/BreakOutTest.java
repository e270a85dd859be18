package io.flockwork.worker.runtime;

import static io.flockwork.worker.runtime.RunnerHarness.cause;
import static io.flockwork.worker.runtime.RunnerHarness.java;
import static io.flockwork.worker.runtime.RunnerHarness.output;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.flockwork.sdk.model.UnitOutcome;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That a Java unit that wants out of a real, sandboxed runner stays in, and that the next unit finds the runner well. */
class BreakOutTest {
    private static final UnitCode ESCAPE = java("escapejob", "escape", Map.of());

    /** Its own process, which has the first number, and what bubblewrap tells it of its working directory. */
    private static final String ALONE = "[PWD] 1:PWD=/tmp\0";

    @TempDir
    Path worker;

    private Path scratch;
    private RunnerHarness harness;

    @BeforeEach
    void start() throws IOException {
        scratch = worker.resolve("runner");
        harness = new RunnerHarness(scratch);
        if (System.getenv("CI") != null) {
            assertTrue(
                    harness.runner.isSandboxed(),
                    harness.runner.protection().toCompletableFuture().join());
        }
        assumeTrue(
                harness.runner.isSandboxed(),
                harness.runner.protection().toCompletableFuture().join());
    }

    @AfterEach
    void theNextUnitIsServed() {
        if (harness.runner.isSandboxed()) {
            assertEquals("well", output(harness.runOne(ESCAPE, "say well")));
        }
        harness.close();
    }

    private String attempt(String way) {
        return output(harness.runOne(ESCAPE, way));
    }

    private void assertRefused(String way) {
        String answer = attempt(way);
        assertTrue(answer.startsWith("no: "), () -> way + ": " + answer);
    }

    @Test
    void theWorkersKeyIsNotThere() throws IOException {
        Path key = Files.writeString(worker.resolve("key"), "secret");
        assertRefused("read " + key);
        assertRefused("read " + scratch.resolve("../key"));
        assertRefused("read /proc/self/root" + key);
        assertEquals("[runner]", attempt("list " + worker));
        assertEquals("[runner.board]", attempt("list " + scratch));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/shadow", "/etc/passwd", "/proc/kcore", "/dev/mem", "/dev/zero", "/sys/kernel/notes"})
    void theSystemIsNotThere(String file) {
        assertRefused("read " + file);
    }

    /** Of what lies there, a unit sees the way to its own class path and JDK at most. */
    @Test
    void theHomeFolderHoldsNothingOfItsOwners() {
        Path home = Path.of(System.getProperty("user.home"));
        List<String> own = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath())
                .filter(entry -> entry.startsWith(home))
                .map(entry -> entry.getName(home.getNameCount()).toString())
                .distinct()
                .sorted()
                .toList();
        String answer = attempt("list " + home);
        assertTrue(own.isEmpty() ? answer.startsWith("no: ") : answer.equals(own.toString()), answer);
    }

    @Test
    void itSeesNoProcessButItselfAndNoEnvironment() {
        assertEquals(ALONE, attempt("environment"));
    }

    @Test
    void noPortIsWithinReach() throws IOException {
        try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertRefused("connect " + door.getLocalPort());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"FORK", "VFORK", "POSIX_SPAWN"})
    void noProcessIsStarted(String mechanism) {
        String answer = attempt("start " + mechanism);
        assertTrue(answer.startsWith("no: ") && !answer.contains("No such file"), answer);
        assertEquals(ALONE, attempt("environment"));
    }

    @Test
    void threadsComeToAnEnd() {
        assertEndsOrDies(harness.runOne(ESCAPE, "threads"));
    }

    @Test
    void memoryThatTheJvmDoesNotCountComesToAnEnd() {
        assertEndsOrDies(harness.runOne(ESCAPE, "memory"));
    }

    /** Where memory ends, the unit may be told so, or its process may die of it. */
    private static void assertEndsOrDies(UnitOutcome outcome) {
        if (outcome instanceof UnitOutcome.Done) {
            assertTrue(output(outcome).startsWith("no: "), output(outcome));
        } else {
            assertTrue(cause(outcome).startsWith("runner died ("), cause(outcome));
        }
    }

    @Test
    void theTemporaryFolderIsBoundedAndNotOnTheDisk() throws IOException {
        String answer = attempt("fill /tmp");
        assertTrue(answer.startsWith("no: ") && answer.contains("No space left on device after"), answer);
        assertTrue(mib(answer) <= ProcessBounds.FILE_MIB, answer);
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            assertFalse(files.anyMatch(file -> file.getFileName().toString().startsWith("fill-")));
        }
    }

    @Test
    void theFilesThatReachOutAreBounded() throws IOException {
        Path board = scratch.resolve("runner.board");
        String written = attempt("append " + board);
        assertTrue(written.contains("File too large") && mib(written) <= ProcessBounds.FILE_MIB, written);
        assertTrue(Files.size(board) <= ProcessBounds.FILE_MIB << 20);
        String shouted = attempt("shout");
        assertTrue(shouted.contains("File too large") && mib(shouted) <= ProcessBounds.FILE_MIB, shouted);
        assertTrue(Files.size(scratch.resolve("runner.err")) <= ProcessBounds.FILE_MIB << 20);
    }

    private static long mib(String answer) {
        return Long.parseLong(answer.replaceAll(".* after (\\d+) MiB", "$1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/dev", "/etc", "/proc", "/proc/sys/kernel", "/usr", "/usr/lib", "/var/tmp"})
    void theSystemCannotBeWritten(String folder) {
        assertRefused("write " + Path.of(folder).resolve("escaped"));
    }

    @Test
    void theJdkAndTheClassPathCannotBeWritten() throws Exception {
        URI classes = BreakOutTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI();
        for (Path folder : List.of(Path.of(classes), Path.of(System.getProperty("java.home")))) {
            String answer = attempt("write " + folder.resolve("escaped"));
            assertTrue(answer.contains("Read-only file system"), answer);
        }
    }

    /** The tests' temporary folder has the name of the unit's own one, so that writing there may succeed and lead nowhere. */
    @Test
    void theWorkersFolderCannotBeWritten() {
        attempt("write " + worker.resolve("escaped"));
        attempt("write " + scratch.resolve("escaped"));
        assertFalse(Files.exists(worker.resolve("escaped")));
        assertFalse(Files.exists(scratch.resolve("escaped")));
    }
}
