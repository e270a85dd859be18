package io.flockwork.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever listens on the wire during a demo hears TLS and nothing else: not the first byte of any connection is in the clear. */
class CaptureIT {
    /** A network of the demo's own, with an ear on it. */
    private static final String SCRIPT =
            """
            ip link set lo up
            tcpdump -i lo -Z root -U -w "$0" >"$0.log" 2>&1 &
            ear=$!
            until grep -q listening "$0.log"; do sleep 0.1; done
            "$1" demo
            code=$?
            kill "$ear"
            wait "$ear"
            exit $code
            """;

    /** A record of a TLS handshake begins so (RFC 8446, section 5.1). */
    private static final String HANDSHAKE = "1603";

    private static final List<String> TOLD_IN_A_DEMO = List.of(
            "wordcount", "primes in C", "worker-1", "saboteur", "operator-", "io.flockwork", "HTTP/1.1", "/mesh/cores");

    @TempDir
    Path folder;

    @Test
    void nothingIsInTheClear() throws Exception {
        requireTools();
        Path capture = folder.resolve("demo.pcap");
        Path log = folder.resolve("demo.log");
        ProcessBuilder builder = new ProcessBuilder(
                        "unshare", "--net", "sh", "-c", SCRIPT, "" + capture, System.getProperty("flockwork.launcher"))
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(variable -> variable.startsWith("FLOCKWORK_"));
        builder.environment().put("FLOCKWORK_BUILD", "off");
        builder.environment()
                .put("FLOCKWORK_JAVA_OPTS", "-XX:-UsePerfData -XX:TieredStopAtLevel=1 -Djava.io.tmpdir=" + folder);
        Process demo = builder.start();
        try {
            assertTrue(demo.waitFor(TestGrid.PATIENCE.toSeconds(), TimeUnit.SECONDS), "the demo hangs");
        } finally {
            demo.descendants().forEach(ProcessHandle::destroyForcibly);
            demo.destroyForcibly();
        }
        assertEquals(0, demo.exitValue(), Files.readString(log));

        Capture heard = Capture.read(capture);
        assertTrue(
                heard.talks().size() > 40,
                "the ear heard next to nothing: " + heard.talks().size());
        heard.talks().forEach((talk, first) -> assertEquals(HANDSHAKE, first, talk + " is not TLS"));
        String bytes = new String(Files.readAllBytes(capture), StandardCharsets.ISO_8859_1);
        TOLD_IN_A_DEMO.forEach(word -> assertFalse(bytes.contains(word), "'" + word + "' is in the clear"));
    }

    private static void requireTools() throws IOException, InterruptedException {
        boolean present = new ProcessBuilder("sh", "-c", "unshare --net ip link show lo && command -v tcpdump")
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
        if ("true".equals(System.getenv("CI"))) {
            assertTrue(present, "tcpdump, iproute2 and the right to make a network namespace are missing");
        }
        assumeTrue(present, "needs root, tcpdump and iproute2");
    }
}
