package io.flockwork.sdk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever is told to end while waiting for a job says how to find the job again. In a real process with a real signal. */
class InterruptTest {
    /** Waits for a job that never ends. */
    static final class Waiting {
        public static void main(String[] arguments) {
            Main main = new Main((addresses, home) -> new FakeGrid(), Console.ofProcess(), Map.of());
            System.exit(main.run("submit", "echo", "--range", "0..10", "--name", "stuck", "--wait"));
        }
    }

    @Test
    @Timeout(60)
    void theJobIsNotLost() throws IOException, InterruptedException {
        Process waiting = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Waiting.class.getName())
                .start();
        try (BufferedReader err =
                new BufferedReader(new InputStreamReader(waiting.getErrorStream(), StandardCharsets.UTF_8))) {
            assertEquals("joba", err.readLine());
            assertTrue(err.readLine().contains(" accepted"));
            // SIGTERM rather than SIGINT: a test that runs in the background has SIGINT ignored.
            waiting.toHandle().destroy();
            List<String> rest = err.lines().toList();
            assertEquals(List.of("job joba goes on; flockwork watch joba finds it again"), rest);
            assertTrue(waiting.waitFor(20, TimeUnit.SECONDS));
            assertEquals(128 + 15, waiting.exitValue());
        } finally {
            waiting.destroyForcibly();
        }
    }
}
