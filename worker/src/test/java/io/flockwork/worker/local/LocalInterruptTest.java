package io.flockwork.worker.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C ends the units too, and leaves no file. */
class LocalInterruptTest {
    @TempDir
    Path folder;

    @Test
    void interruptedItLeavesNothingBehind() throws Exception {
        Process run = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + folder,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.flockwork.sdk.cli.Main",
                        "run",
                        "--local",
                        "echo",
                        "units=2",
                        "spin=600000")
                .redirectErrorStream(true)
                .start();
        try (BufferedReader lines = run.inputReader()) {
            assertTrue(lines.readLine().contains("running"));
            List<ProcessHandle> runners = run.descendants().toList();
            assertTrue(!runners.isEmpty() && !left().isEmpty());

            // SIGTERM rather than SIGINT: a test that runs in the background has SIGINT ignored.
            run.destroy();

            assertTrue(run.waitFor(30, TimeUnit.SECONDS));
            assertEquals(128 + 15, run.exitValue());
            assertEquals(List.of(), left());
            for (ProcessHandle runner : runners) {
                runner.onExit().get(30, TimeUnit.SECONDS);
            }
        } finally {
            run.destroyForcibly();
        }
    }

    private List<Path> left() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("flockwork-run-"))
                    .toList();
        }
    }
}
