package io.flockwork.grid;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code flockwork demo} gives right answers, names the saboteur, and leaves nothing: no process however it ends, and no
 * file unless it was killed with -9.
 */
class DemoIT {
    @TempDir
    Path temporary;

    private Process demo;
    private List<ProcessHandle> family = List.of();

    @AfterEach
    void nothingGoesOn() {
        demo.descendants().forEach(ProcessHandle::destroyForcibly);
        demo.destroyForcibly();
        family.forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void answersAreRightAndTheSaboteurIsNamed() throws IOException, InterruptedException {
        start();
        seeAllProcesses();
        assertTrue(demo.waitFor(TestGrid.PATIENCE.toSeconds(), TimeUnit.SECONDS), this::said);

        assertEquals(0, demo.exitValue(), this::said);
        assertSays("right: the same counts as a plain count in this process");
        assertSays("right: 50847534 primes; the books say 50847534");
        assertSays("caught: saboteur-1 gave \\d+ wrong answers? out of \\d+");
        assertSays("first verified answer \\d+\\.\\d s after the processes' start");
        assertSays("100 units accepted on [12]\\d\\d votes");
        assertFalse(said().contains("caught: worker-"), this::said);
        assertNothingIsLeft();
    }

    @Test
    void nothingIsLeftAfterSigterm() throws IOException {
        start();
        seeAllProcesses();
        await().atMost(TestGrid.PATIENCE).until(() -> said().contains("job 2"));
        demo.destroy();
        await("the end").atMost(TestGrid.PATIENCE).until(() -> !demo.isAlive());

        assertEquals(128 + 15, demo.exitValue(), this::said);
        assertNothingIsLeft();
    }

    @Test
    void processesEndWithADemoThatIsKilled() throws IOException {
        start();
        seeAllProcesses();
        demo.destroyForcibly();

        await("the processes' end").atMost(TestGrid.PATIENCE).until(() -> alive().isEmpty());
    }

    private void start() throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(System.getProperty("flockwork.launcher"), "demo").redirectErrorStream(true);
        builder.environment().keySet().removeIf(variable -> variable.startsWith("FLOCKWORK_"));
        builder.environment().put("FLOCKWORK_BUILD", "off");
        builder.environment()
                .put("FLOCKWORK_JAVA_OPTS", "-XX:-UsePerfData -XX:TieredStopAtLevel=1 -Djava.io.tmpdir=" + temporary);
        demo = builder.redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(log().toFile())
                .start();
    }

    /** Coordinator, four workers and the runners of the cores at least; each of these is two processes where it has a sandbox. */
    private void seeAllProcesses() {
        await("the grid").atMost(TestGrid.PATIENCE).until(() -> said().contains("all are there"));
        await("seven processes").atMost(TestGrid.PATIENCE).until(() -> {
            try (Stream<ProcessHandle> now = demo.descendants()) {
                family = now.toList();
            }
            return family.size() >= 7;
        });
    }

    private void assertNothingIsLeft() throws IOException {
        assertEquals(List.of(), alive());
        List<Path> left = new ArrayList<>();
        try (Stream<Path> files = Files.list(temporary)) {
            files.filter(file -> !file.equals(log())).forEach(left::add);
        }
        assertEquals(List.of(), left);
    }

    private List<ProcessHandle> alive() {
        return family.stream().filter(ProcessHandle::isAlive).toList();
    }

    private void assertSays(String pattern) {
        assertTrue(Pattern.compile(pattern).matcher(said()).find(), () -> "no '" + pattern + "' in:\n" + said());
    }

    private Path log() {
        return temporary.resolve("demo.log");
    }

    private String said() {
        try {
            return Files.readString(log());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
