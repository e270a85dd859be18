package io.flockwork.worker.mesh;

import static io.flockwork.worker.mesh.MeshContract.eventually;
import static io.flockwork.worker.mesh.MeshContract.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.JobChange;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two halves of a grid that lived apart become one mesh, and nothing accepted is lost; different grids stay apart. */
class HazelcastMeshSplitTest {
    private final Random random = new Random();
    private final TestCores enrolling = new TestCores();
    private final List<HazelcastMesh> cores = new ArrayList<>();

    @AfterEach
    void endAll() {
        cores.forEach(HazelcastMesh::die);
    }

    private HazelcastMesh found(String grid, Address address, List<Address> others) {
        HazelcastMesh core = HazelcastMesh.join(TestCores.settings(grid, enrolling.tls(Role.CORE), address, others));
        cores.add(core);
        return core;
    }

    @Test
    void twoHalvesBecomeOne() {
        Address here = TestCores.freeAddress();
        Address there = TestCores.freeAddress();
        HazelcastMesh one = found("grid", here, List.of());
        HazelcastMesh two = found("grid", there, List.of());
        assertEquals(1, one.cores().size());
        JobRecord job = JobRecord.submitted(JobId.random(random), MeshContract.spec("x"), MeshContract.SEAL, 1);
        BlobId blob = MeshContract.blob(1);
        for (HazelcastMesh half : cores) {
            get(half.create(job));
            get(half.change(job.id(), new JobChange.Claim(half.self(), 0)));
            get(half.hold(List.of(blob)));
        }
        get(two.change(job.id(), new JobChange.Claim(two.self(), 1)));
        get(one.keep(job.id(), 1, Map.of(0, new byte[] {1})));
        get(two.keep(job.id(), 2, Map.of(0, new byte[] {2}, 1, new byte[] {3})));

        one.heardOf(List.of(here, there));
        two.heardOf(List.of(here, there));
        eventually(() -> one.cores().size() == 2 && two.cores().size() == 2);
        for (HazelcastMesh half : cores) {
            eventually(() -> half.job(job.id()).orElseThrow().epoch() == 2);
            eventually(() -> get(half.segments(job.id())).size() == 3);
            eventually(() -> get(half.holders(blob)).equals(Set.of(one.self(), two.self())));
        }
        assertEquals(two.self(), one.job(job.id()).orElseThrow().master().orElseThrow());
    }

    @Test
    void coresOfDifferentGridsDoNotMeet() {
        Address here = TestCores.freeAddress();
        HazelcastMesh one = found("grid-one", here, List.of());
        HazelcastMesh two = found("grid-two", TestCores.freeAddress(), List.of(here));
        assertEquals(1, one.cores().size());
        assertEquals(1, two.cores().size());
    }

    @Test
    void aTakenPortIsToldInOneSentence() {
        Address here = TestCores.freeAddress();
        found("grid", here, List.of());
        MeshException refusal = assertThrows(MeshException.class, () -> found("grid", here, List.of()));
        assertTrue(refusal.getMessage().contains(here.toString()), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("in use"), refusal.getMessage());
    }
}
