package io.flockwork.worker.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.JobChange;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.model.NodeId;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** The contract, kept by the fake; and what only the fake can do: cut a core off. */
class FakeMeshTest extends MeshContract {
    private final Random random = new Random(3);
    private final ExecutorService executor = Executors.newSingleThreadExecutor();
    private final FakeMeshNetwork network = new FakeMeshNetwork(executor);

    @Override
    FakeMesh join() {
        return network.join(TestCores.info(new NodeId(JobId.random(random).value()), new Address("fake", 1)));
    }

    @Override
    void kill(Mesh core) {
        network.kill((FakeMesh) core);
    }

    @Override
    void endAll() {
        executor.shutdownNow();
    }

    @Test
    void aCutCoreHearsNothingUntilItIsBackAndItsOldClaimsAreRefused() {
        FakeMesh lonely = join();
        FakeMesh other = join();
        JobId job = get(other.create(JobRecord.submitted(JobId.random(random), spec("x"), MeshContract.SEAL, 1)))
                .id();
        eventually(() -> lonely.job(job).isPresent());
        network.cut(lonely);
        CompletableFuture<Optional<JobRecord>> stale =
                lonely.change(job, new JobChange.Claim(lonely.self(), 0)).toCompletableFuture();
        get(other.change(job, new JobChange.Claim(other.self(), 0)));
        get(other.holders(blob(1)));
        assertEquals(0, lonely.job(job).orElseThrow().epoch());
        assertEquals(List.of(lonely.info()), lonely.cores());
        assertEquals(List.of(other.info()), other.cores());
        assertTrue(lonely.owns(job) && other.owns(job), "both halves of a split think so");
        assertFalse(stale.isDone());
        network.heal(lonely);
        assertTrue(get(stale).isEmpty());
        eventually(() -> lonely.job(job).orElseThrow().epoch() == 1);
        assertEquals(2, lonely.cores().size());
    }
}
