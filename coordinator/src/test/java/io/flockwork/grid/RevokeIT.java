package io.flockwork.grid;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.client.JobHandle;
import io.flockwork.sdk.client.JobRequest;
import io.flockwork.sdk.model.WorkerInfo;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A node is revoked in the middle of a job: it is out within seconds, and the answer is right. */
class RevokeIT {
    private static final Duration SOON = Duration.ofSeconds(5);

    @RegisterExtension
    static final TestGrid GRID = TestGrid.ofWorkers(3).withEdge("edge-1").withEdge("edge-2");

    @Test
    void firstAnEdgeWorkerAndThenACore() throws Exception {
        JobHandle job = GRID.grid().submit(JobRequest.type("primes", Map.of("to", "5000000000")));
        GRID.awaitMiddle(job);
        WorkerInfo edge = listed("edge-1");
        revoke(edge);
        await("its sockets to be closed").atMost(SOON).until(() -> GRID.workers().stream()
                .anyMatch(
                        core -> core.log().contains("closing what " + edge.id().brief() + " has open")));
        await("nobody to list it").atMost(SOON).until(() -> isGone(edge));
        assertEquals("234954223\n", MembersIT.answer(job));

        GRID.worker("edge-1").kill();
        GRID.worker("edge-1").start();
        JobHandle next = GRID.grid().submit(JobRequest.type("primes", Map.of("to", "5000000000")));
        GRID.awaitMiddle(next);
        String master = GRID.masterOf(next).name();
        WorkerInfo core = GRID.listed().stream()
                .filter(WorkerInfo::isReachable)
                .filter(worker -> !worker.name().equals(master))
                .findFirst()
                .orElseThrow();
        revoke(core);
        await("the other cores' gateways to hang up on it").atMost(SOON).until(() -> GRID.workers().stream()
                .filter(worker -> !worker.name().equals(core.name()))
                .anyMatch(other ->
                        other.log().contains("closing what " + core.id().brief() + " has open")));
        // A submitter who comes now hears of the revocation; one who is connected to the revoked core does not yet.
        assertEquals(0, GRID.run("watch", next.id().value()).code());
        Ran fetched = GRID.run("fetch", next.id().value(), "-o", "-");
        assertEquals("234954223\n", fetched.text());
        assertFalse(fetched.err().contains("unverified"), fetched.toString());
        assertFalse(workers().contains(edge.id().value()), "it has been back, and was not let in");
        await("who has done nothing stays").atMost(TestGrid.PATIENCE).until(() -> workers()
                .contains("\"edge-2\""));
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
