package io.flockwork.grid;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.client.JobHandle;
import io.flockwork.sdk.client.JobRequest;
import io.flockwork.sdk.client.JobResult;
import io.flockwork.sdk.model.JobState;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.model.WorkerInfo;
import io.flockwork.sdk.wire.Codec;
import io.flockwork.sdk.wire.Message;
import io.flockwork.sdk.wire.WorkerMessage.Acknowledged;
import io.flockwork.sdk.wire.WorkerMessage.Report;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Workers that only dial out: whichever core dies, and when they die themselves, the job ends exact. */
class EdgeIT {
    private static final List<String> EDGES = List.of("edge-1", "edge-2");
    private static final Pattern HOME = Pattern.compile("core (\\S+) is this worker's home");
    private static final Pattern SENT_AGAIN =
            Pattern.compile("(\\d+) reports of an earlier run of this worker are sent");
    private static final Map<String, String> PRIMES = Map.of("to", "5000000000");
    private static final String ANSWER = "234954223\n";

    @RegisterExtension
    static final TestGrid GRID = TestGrid.ofWorkers(2).withEdge("edge-1").withEdge("edge-2");

    @BeforeEach
    void everybodyIsThere() {
        GRID.heal();
        EDGES.forEach(edge -> await(edge).atMost(TestGrid.PATIENCE).until(() -> homeOf(edge), home -> gateways()
                .contains(home)));
    }

    @Test
    void theHomeDies() throws Exception {
        JobHandle job = GRID.grid().submit(JobRequest.type("primes", PRIMES));
        GRID.awaitMiddle(job);
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
        assertExact(job);
        assertLoadedNothingOfACore();
    }

    /** The only master that could have heard of them dies with its mouth shut: its successor must take the reports. */
    @Test
    void anEdgeWorkerDiesAndSoDoesTheMasterThatHadNotAcknowledgedItsReports() throws Exception {
        JobHandle job = GRID.grid().submit(JobRequest.type("primes", PRIMES));
        GRID.awaitMiddle(job);
        GridProcess master = GRID.masterOf(job);
        GridProcess edge = GRID.worker("edge-1");
        master.freeze();
        await("a report that nobody acknowledges").atMost(TestGrid.PATIENCE).until(() -> !owedBy("edge-1")
                .isEmpty());

        edge.kill();
        Set<Span> owed = owedBy("edge-1");
        master.kill();
        edge.start();

        await("the reports to be sent again")
                .atMost(TestGrid.PATIENCE)
                .until(() -> matches(SENT_AGAIN, edge.log()).count() == 1);
        assertEquals(
                "" + owed.size(),
                matches(SENT_AGAIN, edge.log()).findFirst().orElseThrow().group(1));
        await("the reports to be acknowledged").atMost(TestGrid.PATIENCE).until(() -> owedBy("edge-1").stream()
                .noneMatch(owed::contains));
        assertExact(job);
        assertLoadedNothingOfACore();
    }

    private static void assertExact(JobHandle job) throws Exception {
        JobResult result = job.result().get(TestGrid.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertEquals(JobState.DONE, result.record().state(), result.record().toString());
        assertEquals(ANSWER, new String(result.combined().orElseThrow().readAllBytes(), StandardCharsets.UTF_8));
        assertEquals(0, result.record().outcome().orElseThrow().unverified());
        assertTrue(job.status().progress().orElseThrow().workers().stream()
                .anyMatch(share -> EDGES.contains(share.name())));
    }

    private static void assertLoadedNothingOfACore() throws IOException {
        for (String edge : EDGES) {
            String classes = Files.readString(GRID.classesOf(edge), StandardCharsets.ISO_8859_1);
            assertTrue(classes.contains("io.flockwork.worker.lease.LeaseAgent "), "the JVM says what it loads");
            for (String library : List.of("com.hazelcast", "io.vertx", "io.netty", "io.flockwork.worker.mesh")) {
                assertFalse(classes.contains("] " + library + "."), edge + " has loaded classes of " + library);
            }
        }
    }

    private static String homeOf(String edge) {
        return matches(HOME, GRID.worker(edge).log())
                .reduce((earlier, later) -> later)
                .map(match -> match.group(1))
                .orElse("none");
    }

    private static Stream<MatchResult> matches(Pattern pattern, String log) {
        return pattern.matcher(log).results();
    }

    private static List<String> gateways() {
        return GRID.listed().stream().map(core -> "" + core.gateway()).toList();
    }

    /** The units of which a worker has a report on disk that nobody has acknowledged. */
    private static Set<Span> owedBy(String worker) {
        Path file = GRID.folderOf(worker).resolve("reports");
        Set<Span> owed = new LinkedHashSet<>();
        ByteBuffer left = ByteBuffer.wrap(bytes(file));
        while (left.remaining() >= 8) {
            byte[] frame = new byte[left.getInt()];
            left.getInt(); // its check sum
            if (left.remaining() < frame.length) {
                break; // it is being written
            }
            left.get(frame);
            Message message = new Codec().decode(frame);
            if (message instanceof Report report) {
                report.units().forEach(unit -> owed.add(unit.unit()));
            } else if (message instanceof Acknowledged acknowledged) {
                acknowledged.units().forEach(owed::remove);
            }
        }
        return owed;
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
