package io.flockwork.grid;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.model.WorkerInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Workers that only dial out: when their home dies they move on, and the job ends exact. They need nothing that a core is made of. */
class EdgeIT {
    private static final List<String> EDGES = List.of("edge-1", "edge-2");
    private static final Pattern HOME = Pattern.compile("core (\\S+) is this worker's home");

    @RegisterExtension
    static final TestGrid GRID = TestGrid.ofWorkers(2).withEdge("edge-1").withEdge("edge-2");

    @BeforeEach
    void everyEdgeHasAHome() {
        EDGES.forEach(edge -> await(edge).atMost(TestGrid.PATIENCE).until(() -> homeOf(edge), home -> gateways()
                .contains(home)));
    }

    @Test
    void theHomeDies() throws Exception {
        EdgeJob job = EdgeJob.inTheMiddle(GRID);
        String home = homeOf("edge-1");
        WorkerInfo core = GRID.listed().stream()
                .filter(listed -> home.equals("" + listed.gateway()))
                .findFirst()
                .orElseThrow();

        GRID.worker(core.name()).kill();

        for (String edge : EDGES) {
            await(edge + " to move on").atMost(TestGrid.PATIENCE).until(() -> !homeOf(edge)
                    .equals(home));
        }
        job.assertExact();
        assertLoadedNothingOfACore();
    }

    private static void assertLoadedNothingOfACore() throws IOException {
        for (String edge : EDGES) {
            String classes = Files.readString(GRID.classesOf(edge), StandardCharsets.ISO_8859_1);
            assertTrue(classes.contains("] io.flockwork.worker.lease.LeaseAgent "), "the JVM says what it loads");
            for (String library :
                    List.of("com.hazelcast", "io.vertx", "io.netty", "io.micrometer", "io.flockwork.worker.mesh")) {
                assertFalse(classes.contains("] " + library + "."), edge + " has loaded classes of " + library);
            }
        }
    }

    private static String homeOf(String edge) {
        return HOME.matcher(GRID.worker(edge).log())
                .results()
                .reduce((earlier, later) -> later)
                .map(match -> match.group(1))
                .orElse("none");
    }

    private static List<String> gateways() {
        return GRID.listed().stream().map(core -> "" + core.gateway()).toList();
    }
}
