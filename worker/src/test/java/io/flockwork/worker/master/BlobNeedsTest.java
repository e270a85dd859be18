package io.flockwork.worker.master;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.blob.Manifest;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.Guarantee;
import io.flockwork.sdk.model.JobChange;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.model.JobSpec;
import io.flockwork.sdk.model.JobState;
import io.flockwork.sdk.model.NamedBlob;
import io.flockwork.sdk.model.Outcome;
import io.flockwork.sdk.model.Recipe;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.wire.ResultList;
import io.flockwork.worker.TestMembers;
import io.flockwork.worker.mesh.FakeMesh;
import io.flockwork.worker.mesh.FakeMeshNetwork;
import io.flockwork.worker.swarm.Storage;
import io.flockwork.worker.swarm.Swarm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What running jobs and kept results need stays, however full the disk is; the rest goes. */
class BlobNeedsTest {
    private static final int MEBIBYTE = 1 << 20;
    /** The blobs of these tests are days old by this clock. */
    private final Instant today = Instant.now().plus(Duration.ofDays(10));

    private final Clock clock = Clock.fixed(today, ZoneOffset.UTC);
    private final FakeMesh mesh = new FakeMeshNetwork(Runnable::run).join(TestJobs.worker(1));
    private final Random random = new Random(5);
    private Swarm swarm;

    @TempDir
    Path folder;

    @BeforeEach
    void start() {
        swarm = TestJobs.lonelySwarm(folder);
    }

    private NamedBlob blob(String name, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return TestJobs.publish(swarm, name, bytes);
    }

    private JobId job(NamedBlob input, Instant submitted) {
        JobSpec spec = TestJobs.job(new Recipe.Lines(input), 1);
        JobId id = JobId.random(random);
        mesh.create(JobRecord.submitted(id, spec, TestMembers.seal(id, spec), submitted.toEpochMilli()));
        return id;
    }

    private void end(JobId job, Optional<NamedBlob> results) {
        end(job, results, Optional.empty());
    }

    private void end(JobId job, Optional<NamedBlob> results, Optional<NamedBlob> proof) {
        mesh.change(job, new JobChange.Claim(mesh.self(), 0));
        Outcome outcome = new Outcome("", results, Optional.empty(), 0, Guarantee.QUORUM, today.toEpochMilli());
        Outcome proven = proof.map(outcome::with).orElse(outcome);
        assertTrue(mesh.change(job, new JobChange.End(1, JobState.DONE, proven))
                .toCompletableFuture()
                .join()
                .isPresent());
    }

    private NamedBlob listOf(NamedBlob stored) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ResultList.Writer writer = new ResultList.Writer(bytes)) {
            writer.add(new ResultList.Entry(
                    new Span(0, 1),
                    "",
                    "",
                    new byte[0],
                    Optional.of(new ResultList.Body.Stored(stored.blob(), stored.size())),
                    1,
                    true));
        }
        return TestJobs.publish(swarm, "results", bytes.toByteArray());
    }

    @Test
    void whatNobodyNeedsMakesRoom() throws IOException {
        NamedBlob oldInput = blob("old input", 3 * MEBIBYTE);
        NamedBlob result = blob("result", 2 * MEBIBYTE);
        NamedBlob list = listOf(result);
        NamedBlob proof = blob("proof", 1000);
        end(job(oldInput, today.minus(Duration.ofDays(5))), Optional.of(list), Optional.of(proof));
        NamedBlob input = blob("input", 2 * MEBIBYTE + 1);
        job(input, today);

        Storage storage = new Storage(swarm, 7 * MEBIBYTE, new BlobNeeds(mesh, swarm, clock), clock);
        storage.tidy();
        assertFalse(swarm.store().complete(oldInput.blob()), "an ended job needs no input");
        for (NamedBlob needed : new NamedBlob[] {result, list, proof, input}) {
            assertTrue(swarm.store().complete(needed.blob()), needed.name());
        }
        storage.requireRoom(MEBIBYTE);
    }

    @Test
    void whatCameSinceARunningJobWasHandedInMayBeOneOfItsResults() throws IOException {
        NamedBlob unknown = blob("a result that its master knows", 2 * MEBIBYTE);
        JobId running = job(blob("input", 10), Instant.now());
        Storage.Needs needs = new BlobNeeds(mesh, swarm, clock);
        new Storage(swarm, MEBIBYTE, needs, clock).tidy();
        assertTrue(swarm.store().complete(unknown.blob()));
        end(running, Optional.empty());
        new Storage(swarm, MEBIBYTE, needs, clock).tidy();
        assertFalse(swarm.store().complete(unknown.blob()));
    }

    @Test
    void nothingGoesWhileAListOfResultsCannotBeRead() throws IOException {
        NamedBlob any = blob("any", 2 * MEBIBYTE);
        NamedBlob nowhere = new NamedBlob("results", new BlobId("7".repeat(64)), 100);
        end(job(any, today.minus(Duration.ofDays(5))), Optional.of(nowhere));
        Storage.Needs needs = new BlobNeeds(mesh, swarm, clock);
        assertThrows(IOException.class, needs::now);
        new Storage(swarm, MEBIBYTE, needs, clock).tidy();
        assertTrue(swarm.store().complete(any.blob()));
    }

    @Test
    void aYoungBlobStays() throws IOException {
        Manifest young = swarm.store().add(new byte[2 * MEBIBYTE]);
        Storage.Needs needs = new BlobNeeds(mesh, swarm, Clock.systemUTC());
        new Storage(swarm, MEBIBYTE, needs, Clock.systemUTC()).tidy();
        assertTrue(swarm.store().complete(young.id()));
    }
}
