package io.flockwork.grid;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.client.Grid;
import io.flockwork.sdk.client.JobHandle;
import io.flockwork.sdk.client.JobRequest;
import io.flockwork.sdk.client.JobResult;
import io.flockwork.sdk.client.Login;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.JobState;
import io.flockwork.sdk.model.WorkerInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A node is revoked in the middle of a job: it says so and ends within seconds, and the answer is right. */
class RevokeIT {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final int REVOKED = 77;

    @RegisterExtension
    static final TestGrid GRID = TestGrid.ofWorkers(3).withEdge("edge-1").withEdge("edge-2");

    @Test
    void firstAnEdgeWorkerAndThenTheCoreThatASubmitterWaitsAt() throws Exception {
        JobHandle job = primes("5000000000");
        WorkerInfo edge = listed("edge-1");
        revoke(edge);
        awaitEndOf(edge);
        await("nobody to list it").atMost(SOON).until(() -> isGone(edge));
        assertEquals("234954223\n", MembersIT.answer(job));

        // It knows without asking anybody.
        GRID.worker("edge-1").start();
        awaitEndOf(edge);

        Path home = GRID.newFolder();
        Login.enter(GRID.invite(Role.OPERATE, 1), home);
        Grid.connect(home).close();
        JobHandle next = primes("10000000000");
        WorkerInfo core = listed(GRID.masterOf(next).name());
        prefer(core, home);
        try (Grid grid = Grid.connect(home)) {
            CompletableFuture<JobResult> waiting = grid.job(next.id()).result();
            TestGrid.RunningCommand watching = GRID.start(
                    builder -> builder.environment().put("FLOCKWORK_HOME", "" + home), "watch", "" + next.id());
            assertFalse(grid.job(next.id()).status().record().state().ended(), "the job was too quick");
            assertEquals(core.gateway() + "", Files.readAllLines(memory(home)).get(0), "they talk with another core");
            revoke(core);
            awaitEndOf(core);
            assertEquals(
                    JobState.DONE,
                    waiting.get(TestGrid.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                            .record()
                            .state());
            assertEquals("455052511\n", MembersIT.answer(grid.job(next.id())));
            assertEquals(0, watching.end().code());
        }
        Ran fetched = GRID.run("fetch", next.id().value(), "-o", "-");
        assertEquals("455052511\n", fetched.text());
        assertFalse(fetched.err().contains("unverified"), fetched.toString());
        assertFalse(workers().contains(edge.id().value()), "it has been back, and was not let in");
        assertFalse(workers().contains(core.id().value()), "it has been back, and was not let in");
        await("who has done nothing stays").atMost(TestGrid.PATIENCE).until(() -> workers()
                .contains("\"edge-2\""));
    }

    private static JobHandle primes(String to) {
        JobHandle job = GRID.grid().submit(JobRequest.type("primes", Map.of("to", to)));
        GRID.awaitMiddle(job);
        return job;
    }

    /** The submitter there has met this core last, and so talks with it first. */
    private static void prefer(WorkerInfo core, Path home) throws Exception {
        Stream<Address> others = GRID.listed().stream()
                .filter(WorkerInfo::isReachable)
                .map(WorkerInfo::gateway)
                .filter(gateway -> !gateway.equals(core.gateway()));
        List<String> order = Stream.concat(Stream.of(core.gateway()), others)
                .map(Address::toString)
                .toList();
        Files.write(memory(home), order);
    }

    private static Path memory(Path home) throws Exception {
        try (Stream<Path> files = Files.list(home.resolve("cores"))) {
            return files.findFirst().orElseThrow();
        }
    }

    private static void awaitEndOf(WorkerInfo worker) {
        GridProcess process = GRID.worker(worker.name());
        await("its end").atMost(SOON).until(() -> !process.isAlive());
        assertEquals(REVOKED, process.exitCode());
        String last = process.log().lines().reduce((earlier, later) -> later).orElse("");
        assertEquals("this worker (" + worker.id().brief() + ") has been revoked by the grid's operator", last);
    }

    private static String workers() throws Exception {
        return GRID.run("workers", "--json").text();
    }

    private static void revoke(WorkerInfo worker) throws Exception {
        Ran ran = GRID.run(
                "revoke",
                "--dir",
                "" + GRID.folderOf("coordinator"),
                worker.id().value().substring(0, 12));
        assertEquals(0, ran.code(), ran.toString());
        assertTrue(ran.text().startsWith("revoked: node " + worker.id()), ran.toString());
    }

    private static WorkerInfo listed(String name) {
        return GRID.listed().stream()
                .filter(worker -> worker.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isGone(WorkerInfo worker) {
        return GRID.listed().stream().noneMatch(other -> other.id().equals(worker.id()));
    }
}
