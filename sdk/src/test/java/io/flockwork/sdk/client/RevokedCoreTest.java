package io.flockwork.sdk.client;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.identity.Membership;
import io.flockwork.sdk.identity.RevocationList;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.identity.TestMembers;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.JobState;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.wire.RevokedNodes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A submitter leaves a core that is revoked, whether that one says so or not, and never comes back to it. */
class RevokedCoreTest {
    private static final Membership MEMBER =
            new Membership(TestMembers.of(Role.SUBMIT).credentials(), new Address("127.0.0.1", 1));
    private static final Duration SHORT = Duration.ofSeconds(2);

    @TempDir
    private Path home;

    private final FakeGrid fake = new FakeGrid(3);

    @AfterEach
    void closeCores() {
        fake.close();
    }

    private Grid connect(List<Address> entrances, Duration refresh) {
        return RemoteGrid.connect(
                MEMBER, entrances, home, new Patience(SHORT, SHORT, SHORT, Duration.ofMillis(20), refresh));
    }

    private Grid connect() {
        return connect(fake.addresses(), Duration.ofHours(1));
    }

    private RevocationList revoke(NodeId node) {
        RevocationList list = TestMembers.AUTHORITY.revoke(1, List.of(node));
        fake.revoked = Optional.of(list);
        return list;
    }

    private FakeCore watched() {
        await().until(() -> fake.cores.stream().anyMatch(FakeCore::isWatched));
        return fake.watched();
    }

    @Test
    void aCoreThatSaysItIsRevokedIsLeftAtOnceAndForEver() throws Exception {
        FakeCore bad;
        try (Grid grid = connect()) {
            JobHandle job = grid.submit(JobRequest.type("echo", Map.of()));
            CompletableFuture<JobResult> result = job.result();
            bad = watched();
            bad.say(new RevokedNodes(revoke(bad.id()).text()));
            await().until(() -> !bad.isWatched() && fake.cores.stream().anyMatch(FakeCore::isWatched));
            int asked = bad.asked();
            fake.run(job.id());
            fake.finish(job.id(), List.of());
            assertEquals(
                    JobState.DONE, result.get(20, TimeUnit.SECONDS).record().state());
            job.status();
            assertEquals(asked, bad.asked(), "it was asked again");
        }
        int asked = bad.asked();
        Path kept = Login.revoked(home, MEMBER.credentials().grid());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)));
        List<Address> badFirst = new ArrayList<>(fake.addresses());
        badFirst.remove(bad.address());
        badFirst.add(0, bad.address());
        try (Grid grid = connect(badFirst, Duration.ofHours(1))) {
            for (int i = 0; i < 10; i++) {
                grid.workers();
            }
        }
        assertEquals(asked, bad.asked(), "a later program has asked it again");
    }

    @Test
    void aCoreThatKeepsItsRevocationToItselfIsLeftWhenAnotherTells() throws Exception {
        try (Grid grid = connect(fake.addresses(), Duration.ofMillis(20))) {
            JobHandle job = grid.submit(JobRequest.type("echo", Map.of()));
            CompletableFuture<JobResult> result = job.result();
            FakeCore bad = watched();
            revoke(bad.id());
            await().until(() -> !bad.isWatched() && fake.cores.stream().anyMatch(FakeCore::isWatched));
            int asked = bad.asked();
            fake.finish(job.id(), List.of());
            assertEquals(
                    JobState.DONE, result.get(20, TimeUnit.SECONDS).record().state());
            assertEquals(asked, bad.asked());
        }
    }

    @Test
    void aListThatNobodyHasSignedIsNoReasonToLeave() {
        try (Grid grid = connect()) {
            JobHandle job = grid.submit(JobRequest.type("echo", Map.of()));
            job.result();
            FakeCore core = watched();
            RevocationList signed = TestMembers.AUTHORITY.revoke(1, List.of(new NodeId("other")));
            core.say(new RevokedNodes(new RevocationList(1, List.of(core.id()), signed.signature()).text()));
            for (int i = 0; i < 3; i++) {
                job.status();
            }
            assertTrue(core.isWatched());
            assertFalse(Files.exists(Login.revoked(home, MEMBER.credentials().grid())));
        }
    }

    @Test
    void aSubmitterWhoIsRevokedIsToldSo() {
        String sentence = "this login has been revoked by the grid's operator";
        CompletableFuture<JobResult> result;
        try (Grid grid = connect()) {
            JobHandle job = grid.submit(JobRequest.type("echo", Map.of()));
            result = job.result();
            watched()
                    .say(new RevokedNodes(
                            revoke(MEMBER.credentials().keys().id()).text()));
            Throwable why = assertThrows(ExecutionException.class, () -> result.get(20, TimeUnit.SECONDS))
                    .getCause();
            assertEquals(sentence, why.getMessage());
            assertEquals(
                    sentence, assertThrows(GridException.class, job::status).getMessage());
        }
        assertEquals(sentence, assertThrows(GridException.class, this::connect).getMessage());
    }
}
