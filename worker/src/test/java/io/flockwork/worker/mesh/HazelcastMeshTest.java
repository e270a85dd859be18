package io.flockwork.worker.mesh;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.internal.partition.MigrationInfo;
import com.hazelcast.internal.partition.impl.MigrationInterceptor;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.JobChange;
import io.flockwork.sdk.model.JobRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** The contract, kept by real Hazelcast members on loopback. */
class HazelcastMeshTest extends MeshContract {
    private final TestCores grid = new TestCores();
    private final List<HazelcastMesh> cores = new ArrayList<>();
    private final List<Address> addresses = new ArrayList<>();

    @Override
    Mesh join() {
        Address address = TestCores.freeAddress();
        HazelcastMesh core =
                HazelcastMesh.join(TestCores.settings(TestCores.GRID, grid.tls(Role.CORE), address, addresses));
        cores.add(core);
        addresses.add(address);
        return core;
    }

    @Override
    void kill(Mesh core) {
        ((HazelcastMesh) core).die();
    }

    @Override
    void endAll() {
        cores.forEach(HazelcastMesh::die);
    }

    @Test
    void whatIsWrittenWhileACoreHasNoCopiesYetIsAnsweredWhenItHas() {
        HazelcastMesh old = (HazelcastMesh) join();
        get(old.create(newJob()));
        CountDownLatch mayCopy = new CountDownLatch(1);
        TestCores.node(Hazelcast.getHazelcastInstanceByName(old.self().value()))
                .partitionService
                .setMigrationInterceptor(new MigrationInterceptor() {
                    @Override
                    public void onMigrationStart(MigrationParticipant participant, MigrationInfo migration) {
                        if (participant == MigrationParticipant.MASTER) {
                            assertDoesNotThrow(() -> mayCopy.await(60, TimeUnit.SECONDS));
                        }
                    }
                });
        Mesh young = join();
        JobRecord job = newJob();
        CompletableFuture<JobRecord> created = old.create(job).toCompletableFuture();
        eventually(() -> young.job(job.id()).isPresent());
        CompletableFuture<Void> kept =
                old.keep(job.id(), 1, Map.of(0, new byte[] {7})).toCompletableFuture();
        assertThrows(TimeoutException.class, () -> created.get(1, TimeUnit.SECONDS));
        assertThrows(TimeoutException.class, () -> kept.get(1, TimeUnit.SECONDS));

        mayCopy.countDown();
        get(created);
        get(kept);
        kill(old);
        eventually(() -> young.cores().size() == 1);
        assertEquals(
                1,
                get(young.change(job.id(), new JobChange.Claim(young.self(), 0)))
                        .orElseThrow()
                        .epoch());
        assertEquals(1, get(young.segments(job.id())).size());
    }
}
