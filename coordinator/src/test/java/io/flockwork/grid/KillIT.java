package io.flockwork.grid;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.client.JobHandle;
import io.flockwork.sdk.client.JobRequest;
import io.flockwork.sdk.client.JobRequest.Source;
import io.flockwork.sdk.client.JobResult;
import io.flockwork.sdk.client.UnitResult;
import io.flockwork.sdk.model.JobProgress;
import io.flockwork.sdk.model.JobState;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Kill -9 in the middle of a job, whomever it hits: the answer is right, no unit is lost or counted twice. */
class KillIT {

    @RegisterExtension
    static final TestGrid GRID = TestGrid.ofWorkers(3);

    @BeforeEach
    void everybodyIsThere() {
        GRID.heal();
    }

    @Test
    void aWorkerDies() throws Exception {
        JobHandle job = GRID.grid().submit(JobRequest.type("primes", Map.of("to", "3000000000")));
        GRID.awaitMiddle(job);
        String master = GRID.masterOf(job).name();
        GridProcess victim = GRID.workers().stream()
                .filter(worker -> !worker.name().equals(master))
                .findFirst()
                .orElseThrow();
        List<ProcessHandle> runners = victim.children();

        victim.kill();

        assertCountedOnce(job, 0, 3_000_000_000L, "144449537\n");
        assertEquals(master, GRID.masterOf(job).name());
        assertEquals(1, runners.size());
        await("its runner to notice").atMost(TestGrid.PATIENCE).until(() -> !runners.get(0)
                .isAlive());
    }

    @Test
    void theJobMasterDies() throws Exception {
        Source range = new Source.Range(0, 1_000_000_000L, 0);
        JobHandle job = GRID.grid()
                .submit(JobRequest.wasm(Modules.example("primes.wasm"), List.of(), range)
                        .combinedBy("sum"));
        JobProgress before = GRID.awaitMiddle(job);
        GridProcess master = GRID.masterOf(job);
        int epoch = job.status().record().epoch();

        master.kill();

        assertCountedOnce(job, 0, 1_000_000_000L, "50847534\n");
        assertNotEquals(master.name(), GRID.masterOf(job).name());
        assertTrue(job.status().record().epoch() > epoch);
        assertTrue(before.unitsAccepted() > 0, before.toString());
    }

    /** By lines and byte by byte: the successor must neither drop nor repeat nor swap one, nor tell one twice that is final. */
    @Test
    void theJobMasterDiesAndNoLineIsLost() throws Exception {
        List<String> lines = IntStream.range(0, 2_000)
                .mapToObj(i -> "line " + i * 7919L + "\n")
                .toList();
        Path file = Files.writeString(GRID.newFolder().resolve("lines.txt"), String.join("", lines));
        JobHandle job = GRID.grid()
                .submit(JobRequest.type("echo", Map.of("spin", "5"))
                        .over(new Source.Lines(file))
                        .streaming(Duration.ofMillis(200)));
        Path followed = GRID.newFolder().resolve("followed");
        TestGrid.RunningCommand follower =
                GRID.start("fetch", job.id().value(), "--follow", "--json", "-o", followed + "/");
        Map<Long, String> told = new TreeMap<>();
        try (Stream<UnitResult> finals = job.finals()) {
            Iterator<UnitResult> each = finals.iterator();
            take(each.next(), told);
            assertFalse(job.status().record().state().ended(), "the first is final before the job has ended");

            GRID.masterOf(job).kill();

            each.forEachRemaining(unit -> take(unit, told));
        }
        assertEquals(lines, List.copyOf(told.values()));

        JobResult result = ended(job);
        assertEquals(JobState.DONE, result.record().state(), result.toString());
        Path out = GRID.newFolder().resolve("out");
        Ran fetched = GRID.run("fetch", job.id().value(), "-o", out.toString());
        assertEquals(0, fetched.code(), fetched.toString());
        assertEquals(String.join("", lines), Files.readString(out));
        Ran followedTo = follower.end();
        assertEquals(0, followedTo.code(), followedTo.toString());
        assertEquals(lines.size(), followedTo.text().lines().count());
        for (int i = 0; i < lines.size(); i++) {
            assertEquals(lines.get(i), Files.readString(followed.resolve(String.format("%04d", i))));
        }
    }

    private static void take(UnitResult unit, Map<Long, String> told) {
        try (InputStream in = unit.output().orElseThrow().open()) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertNull(told.put(unit.span().from(), text), "told twice");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The job needs no coordinator, nor does the submitter, nor a worker that has been in the mesh before. */
    @Test
    void theCoordinatorDies() throws Exception {
        TestGrid.RunningCommand submitter = GRID.start("submit", "primes", "to=3000000000", "--wait");
        JobHandle job = GRID.grid()
                .job(await("the job")
                        .atMost(TestGrid.PATIENCE)
                        .until(
                                () -> GRID.grid().jobs().stream()
                                        .filter(listed ->
                                                !listed.record().state().ended())
                                        .findFirst(),
                                found -> found.isPresent())
                        .orElseThrow()
                        .record()
                        .id());
        GRID.awaitMiddle(job);

        GRID.coordinator().kill();

        Ran answer = submitter.end();
        assertEquals(0, answer.code(), answer.toString());
        assertEquals("144449537\n", answer.text());

        GridProcess worker = GRID.worker("worker-2");
        worker.kill();
        await("the dead worker to be missed")
                .atMost(TestGrid.PATIENCE)
                .until(() -> GRID.listed().size() == 2);
        worker.start();
        GRID.awaitAllListed();
        Ran next = GRID.run("submit", "echo", "units=10", "--quorum", "3", "--wait");
        assertEquals(0, next.code(), next.toString());
        assertEquals(
                IntStream.range(0, 10).mapToObj(i -> i + " " + (i + 1) + "\n").collect(Collectors.joining()),
                next.text());
    }

    @Test
    void aRunnerDies() throws Exception {
        JobHandle job = GRID.grid().submit(JobRequest.type("primes", Map.of("to", "3000000000")));
        GRID.awaitMiddle(job);
        GridProcess worker = GRID.worker("worker-1");
        List<ProcessHandle> runners = worker.children();
        assertEquals(1, runners.size());

        runners.get(0).destroyForcibly();

        assertCountedOnce(job, 0, 3_000_000_000L, "144449537\n");
        assertTrue(worker.isAlive());
        assertTrue(worker.children().stream()
                .anyMatch(child -> child.pid() != runners.get(0).pid()));
    }

    /** The combined number shows a lost or doubled unit; so do spans with a gap or an overlap. */
    private static void assertCountedOnce(JobHandle job, long from, long to, String answer) throws Exception {
        JobResult result = ended(job);
        assertEquals(JobState.DONE, result.record().state(), result.record().toString());
        assertEquals(answer, new String(result.combined().orElseThrow().readAllBytes(), StandardCharsets.UTF_8));
        assertEquals(0, result.record().outcome().orElseThrow().unverified());
        long next = from;
        try (Stream<UnitResult> units = result.units()) {
            for (UnitResult unit : units.toList()) {
                assertEquals(next, unit.span().from());
                next = unit.span().to();
            }
        }
        assertEquals(to, next);
    }

    private static JobResult ended(JobHandle job) throws Exception {
        return job.result().get(TestGrid.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}
