package io.flockwork.sdk.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.blob.BlobHasher;
import io.flockwork.sdk.client.JobRequest.Source;
import io.flockwork.sdk.identity.Membership;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.identity.TestMembers;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.Code;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobProgress;
import io.flockwork.sdk.model.JobSpec;
import io.flockwork.sdk.model.JobState;
import io.flockwork.sdk.model.NamedBlob;
import io.flockwork.sdk.model.Recipe;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.wasm.Metering;
import io.flockwork.sdk.wire.ClientMessage.Refusal;
import io.flockwork.sdk.wire.ClientMessage.Response;
import io.flockwork.sdk.wire.ResultList.Body;
import io.flockwork.sdk.wire.ResultList.Entry;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A submitter's program gets its answers whichever core dies, whenever it does. */
class RemoteGridTest {
    private static final Membership MEMBER =
            new Membership(TestMembers.of(Role.SUBMIT).credentials(), new Address("127.0.0.1", 1));

    private static final Patience SHORT = new Patience(
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Duration.ofMillis(20),
            Duration.ofHours(1));
    private static final int MEBIBYTE = 1 << 20;

    @TempDir
    private Path home;

    private final FakeGrid fake = new FakeGrid(3);

    @AfterEach
    void closeCores() {
        fake.close();
    }

    @Test
    void aJobGoesInWithItsFilesAndComesBackWithItsResults() throws Exception {
        byte[] empty = {0, 'a', 's', 'm', 1, 0, 0, 0};
        Path module = Files.write(home.resolve("prog.wasm"), empty);
        Path text = file("text", 3 * MEBIBYTE + 5);
        byte[] large = bytes(2 * MEBIBYTE + 1);
        NamedBlob stored = fake.store("large", large);
        try (Grid grid = connect()) {
            JobHandle job = grid.submit(JobRequest.wasm(module, List.of("-v"), new Source.Lines(text)));
            JobSpec spec = grid.job(job.id()).status().record().spec();
            assertEquals("prog.wasm", spec.name());
            assertArrayEquals(Files.readAllBytes(module), fake.content(((Code.Wasm) spec.code()).module()));
            assertEquals(new BlobHasher().idOf(Metering.rewrite(empty)), ((Code.Wasm) spec.code()).metered());
            NamedBlob lines = ((Recipe.Lines) spec.recipe()).text();
            assertEquals("text", lines.name());
            assertArrayEquals(Files.readAllBytes(text), fake.content(lines.blob()));

            fake.finish(
                    job.id(),
                    List.of(
                            entry(0, Optional.of(new Body.Inline(new byte[0]))),
                            entry(1, Optional.of(new Body.Stored(stored.blob(), stored.size()))),
                            new Entry(new Span(6, 7), "c", "exit code 3", new byte[] {1}, Optional.empty(), 3, false)));
            JobResult result = job.result().get(20, TimeUnit.SECONDS);
            try (Stream<UnitResult> stream = result.units()) {
                List<UnitResult> units = stream.toList();
                assertEquals(0, read(units.get(0)).length);
                assertArrayEquals(large, read(units.get(1)));
                assertEquals(1, units.get(1).number());
                assertEquals("exit code 3", units.get(2).failure());
                assertTrue(units.get(2).output().isEmpty());
                assertEquals(6, units.get(2).number(), "lines that nobody came to are counted, too");
            }
        }
    }

    @Test
    void finalResultsComeOnceEachWhicheverCoreDies() throws Exception {
        try (Grid grid = connect()) {
            JobHandle job = grid.submit(JobRequest.type("echo", Map.of()).streaming(Duration.ofSeconds(1)));
            List<Entry> units = IntStream.range(0, 8)
                    .mapToObj(i -> entry(i, Optional.of(new Body.Inline(new byte[] {(byte) i}))))
                    .toList();
            fake.finals.put(job.id(), units.subList(0, 5));
            AtomicInteger asked = new AtomicInteger();
            fake.deadly = what -> what.startsWith("GET /finals") && asked.incrementAndGet() == 2;
            List<Long> taken = new ArrayList<>();
            try (Stream<UnitResult> finals = job.finals()) {
                Iterator<UnitResult> each = finals.iterator();
                for (int i = 0; i < 4; i++) {
                    taken.add(each.next().span().from());
                }
                long pages = fake.heard.stream()
                        .filter(what -> what.startsWith("GET /finals"))
                        .count();
                assertEquals(3, pages, "one of them twice, and none before the last is taken");
                // Another master, which has told of a unit that is known already.
                fake.finals.put(job.id(), List.of(unit(0, 1L << 32 | 1), unit(6, 1L << 32 | 2)));
                fake.finish(job.id(), units);
                each.forEachRemaining(unit -> taken.add(unit.span().from()));
            }
            assertEquals(
                    List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L),
                    taken.stream().sorted().toList());
        }
    }

    @Test
    void nothingIsFollowedThatIsNotThere() {
        try (Grid grid = connect();
                Stream<UnitResult> finals = grid.job(new JobId("nosuch")).finals()) {
            GridException refused =
                    assertThrows(GridException.class, () -> finals.iterator().hasNext());
            assertEquals(GridException.Kind.NOT_FOUND, refused.kind());
        }
    }

    private static Entry unit(int index, long sequence) {
        Optional<Body> body = Optional.of(new Body.Inline(new byte[0]));
        return new Entry(new Span(index, index + 1L), "", "", new byte[0], body, sequence, true);
    }

    @Test
    void everyRecipeIsSaidWithBlobs() throws Exception {
        Path one = file("one", 10);
        Path two = file("two", 0);
        try (Grid grid = connect()) {
            Recipe.Each each = (Recipe.Each) recipe(grid, new Source.Each(List.of(one, two, one)));
            assertEquals(
                    List.of("one", "two", "one"),
                    each.files().stream().map(NamedBlob::name).toList());
            assertEquals(new Recipe.Range(-3, 9, 2), recipe(grid, new Source.Range(-3, 9, 2)));
            assertEquals(7, ((Recipe.Chunks) recipe(grid, new Source.Chunks(one, 7))).size());
            assertEquals(
                    new Recipe.Own(),
                    grid.submit(JobRequest.type("primes", Map.of("to", "9")))
                            .status()
                            .record()
                            .spec()
                            .recipe());

            List<byte[]> units = List.of(bytes(0), bytes(MEBIBYTE), bytes(3), bytes(0), bytes(2 * MEBIBYTE), bytes(0));
            Recipe.Listed listed = (Recipe.Listed) recipe(grid, new Source.Listed(units));
            byte[] data = fake.content(listed.data().blob());
            byte[] all = new byte[data.length];
            int at = 0;
            for (byte[] unit : units) {
                System.arraycopy(unit, 0, all, at, unit.length);
                at += unit.length;
            }
            assertArrayEquals(all, data);
            assertEquals(4 * units.size(), listed.lengths().size());
        }
    }

    @Test
    void aCoreThatDiesUnderASubmissionDoesNotMakeTwoJobsOfIt() {
        fake.deadly = "Submit"::equals;
        try (Grid grid = connect()) {
            JobHandle job = grid.submit(JobRequest.type("echo", Map.of()));
            assertEquals(JobState.WAITING, job.status().record().state());
            assertEquals(2, fake.heard.stream().filter("Submit"::equals).count());
            assertEquals(1, grid.jobs().size());
        }
    }

    @Test
    void anUploadThatBreaksGoesOnWhereItWas() throws Exception {
        int pieces = 40;
        Path data = file("data", pieces * MEBIBYTE);
        AtomicInteger put = new AtomicInteger();
        fake.deadly = what -> what.startsWith("PUT /pieces") && put.incrementAndGet() == 20;
        try (Grid grid = connect()) {
            Recipe.Chunks recipe = (Recipe.Chunks) recipe(grid, new Source.Chunks(data, 1000));
            assertEquals(
                    pieces, fake.manifests.get(recipe.data().blob()).pieces().size());
            assertArrayEquals(
                    Files.readAllBytes(data), fake.content(recipe.data().blob()));
            long sent = fake.heard.stream()
                    .filter(what -> what.startsWith("PUT /pieces"))
                    .count();
            assertTrue(sent < pieces + 10, sent + " pieces were sent");
        }
    }

    @Test
    void aCoreThatDiesUnderADownloadIsReplaced() throws Exception {
        byte[] large = bytes(9 * MEBIBYTE);
        NamedBlob stored = fake.store("large", large);
        try (Grid grid = connect()) {
            JobHandle job = grid.submit(JobRequest.type("echo", Map.of()));
            fake.finish(job.id(), List.of(entry(0, Optional.of(new Body.Stored(stored.blob(), stored.size())))));
            JobResult result = job.result().get(20, TimeUnit.SECONDS);
            fake.deadly = what -> what.endsWith("/pieces/5");
            try (Stream<UnitResult> units = result.units()) {
                assertArrayEquals(large, read(units.findFirst().orElseThrow()));
            }
            assertEquals(2, fake.cores.stream().filter(FakeCore::alive).count());
        }
    }

    @Test
    void aCoreThatSendsOtherBytesIsPassedOver() throws Exception {
        byte[] large = bytes(5 * MEBIBYTE);
        NamedBlob stored = fake.store("large", large);
        Address honest = fake.addresses().get(1);
        fake.lying = core -> !core.equals(honest);
        try (Grid grid = connect()) {
            JobHandle job = grid.submit(JobRequest.type("echo", Map.of()));
            fake.finish(job.id(), List.of(entry(0, Optional.of(new Body.Stored(stored.blob(), stored.size())))));
            try (Stream<UnitResult> units =
                    job.result().get(20, TimeUnit.SECONDS).units()) {
                assertArrayEquals(large, read(units.findFirst().orElseThrow()));
            }
        }
    }

    @Test
    void bytesThatNoCoreHasAreNotWaitedFor() throws Exception {
        BlobId nowhere = new BlobId("ab".repeat(32));
        try (Grid grid = connect()) {
            JobHandle job = grid.submit(JobRequest.type("echo", Map.of()));
            fake.finish(job.id(), List.of(entry(0, Optional.of(new Body.Stored(nowhere, 10)))));
            try (Stream<UnitResult> units =
                    job.result().get(20, TimeUnit.SECONDS).units()) {
                UnitResult unit = units.findFirst().orElseThrow();
                GridException gone = assertThrows(GridException.class, () -> read(unit));
                assertEquals(GridException.Kind.NOT_FOUND, gone.kind());
            }
        }
    }

    @Test
    void followingAJobOutlivesTheCoreItWasFollowedThrough() throws Exception {
        BlockingQueue<JobProgress> heard = new LinkedBlockingQueue<>();
        try (Grid grid = connect()) {
            JobHandle job = grid.submit(JobRequest.type("echo", Map.of()));
            CompletableFuture<JobResult> result = job.result();
            AutoCloseable following = job.onProgress(progress -> {
                // A follower may ask the grid: it is not called on the thread that reads the answers.
                job.status();
                heard.add(progress);
            });
            assertEquals(JobState.WAITING, heard.poll(20, TimeUnit.SECONDS).state());
            fake.killTheWatched();
            fake.run(job.id());
            assertEquals(JobState.RUNNING, until(heard, JobState.RUNNING).state());
            fake.finish(job.id(), List.of());
            assertEquals(JobState.DONE, until(heard, JobState.DONE).state());
            assertEquals(
                    JobState.DONE, result.get(20, TimeUnit.SECONDS).record().state());
            following.close();
        }
    }

    @Test
    void theCoresAreRememberedWhenNoEntranceIsThere() {
        Address coordinator;
        try (FakeGrid entrance = new FakeGrid(1)) {
            entrance.cores.addAll(fake.cores);
            coordinator = entrance.addresses().get(0);
            connect(List.of(coordinator), home).close();
            entrance.cores.removeAll(fake.cores);
        }
        try (Grid grid = connect(List.of(coordinator), home)) {
            assertEquals(List.of(), grid.workers());
        }
        GridException lost =
                assertThrows(GridException.class, () -> connect(List.of(coordinator), home.resolve("other")));
        assertEquals(GridException.Kind.UNREACHABLE, lost.kind());
        assertTrue(lost.getMessage().contains("nobody listens at " + coordinator), lost.getMessage());
    }

    @Test
    void aRequestToTryAgainIsFollowedForAWhile() {
        try (Grid grid = connect()) {
            fake.instead = Optional.of(new Response.Refused(Refusal.TRY_AGAIN, "the mesh is forming"));
            GridException gaveUp = assertThrows(GridException.class, grid::workers);
            assertEquals(GridException.Kind.UNREACHABLE, gaveUp.kind());
            assertTrue(gaveUp.getMessage().endsWith("the mesh is forming"), gaveUp.getMessage());
            assertTrue(fake.heard.stream().filter("ListWorkers"::equals).count() > 3);
        }
    }

    @Test
    void whatTheGridRefusesIsNotAskedAgain() {
        JobId unknown = new JobId("nosuchjob");
        try (Grid grid = connect()) {
            GridException refused =
                    assertThrows(GridException.class, () -> grid.job(unknown).status());
            assertEquals(GridException.Kind.NOT_FOUND, refused.kind());
            ExecutionException failed = assertThrows(
                    ExecutionException.class, () -> grid.job(unknown).result().get(20, TimeUnit.SECONDS));
            assertEquals("there is no job nosuchjob", failed.getCause().getMessage());
            assertEquals(1, fake.heard.stream().filter("Look"::equals).count());
        }
    }

    @Test
    void aGridThatIsGoneFailsInOneSentence() throws Exception {
        try (Grid grid = connect()) {
            JobHandle job = grid.submit(JobRequest.type("echo", Map.of()));
            CompletableFuture<JobResult> result = job.result();
            fake.cores.forEach(FakeCore::kill);
            GridException lost = assertThrows(GridException.class, job::status);
            assertEquals(GridException.Kind.UNREACHABLE, lost.kind());
            assertInstanceOf(
                    GridException.class,
                    assertThrows(ExecutionException.class, () -> result.get(20, TimeUnit.SECONDS))
                            .getCause());
        }
    }

    @Test
    void closingEndsWhatIsWaitedFor() {
        CompletableFuture<JobResult> result;
        try (Grid grid = connect()) {
            JobHandle job = grid.submit(JobRequest.type("echo", Map.of()));
            result = job.result();
            job.status();
        }
        var failed = assertThrows(ExecutionException.class, () -> result.get(20, TimeUnit.SECONDS));
        assertTrue(failed.getCause().getMessage().contains("closed"));
    }

    private Recipe recipe(Grid grid, Source source) {
        return grid.submit(JobRequest.type("echo", Map.of()).over(source))
                .status()
                .record()
                .spec()
                .recipe();
    }

    private Grid connect() {
        return connect(fake.addresses(), home);
    }

    private static Grid connect(List<Address> entrances, Path home) {
        return RemoteGrid.connect(MEMBER, entrances, home, SHORT);
    }

    private static JobProgress until(BlockingQueue<JobProgress> heard, JobState state) throws InterruptedException {
        JobProgress progress = heard.poll(20, TimeUnit.SECONDS);
        while (progress.state() != state) {
            progress = heard.poll(20, TimeUnit.SECONDS);
        }
        return progress;
    }

    private static Entry entry(long index, Optional<Body> body) {
        return new Entry(new Span(index, index + 1), "", "", new byte[0], body, index + 1L, true);
    }

    private static byte[] read(UnitResult unit) throws Exception {
        try (InputStream bytes = unit.output().orElseThrow().open()) {
            return bytes.readAllBytes();
        }
    }

    private Path file(String name, int size) throws Exception {
        return Files.write(home.resolve(name), bytes(size));
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
