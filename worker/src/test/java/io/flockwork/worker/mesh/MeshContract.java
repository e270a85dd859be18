package io.flockwork.worker.mesh;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.Assurance;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.Code;
import io.flockwork.sdk.model.Conduct;
import io.flockwork.sdk.model.Guarantee;
import io.flockwork.sdk.model.JobChange;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobProgress;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.model.JobSeal;
import io.flockwork.sdk.model.JobSpec;
import io.flockwork.sdk.model.JobState;
import io.flockwork.sdk.model.Judgement;
import io.flockwork.sdk.model.Limits;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Outcome;
import io.flockwork.sdk.model.Recipe;
import io.flockwork.sdk.model.Reputation;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.model.Standing;
import io.flockwork.sdk.model.Strike;
import io.flockwork.sdk.model.WorkerInfo;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every {@link Mesh} owes its users. Run against Hazelcast, and against the fake that other tests build on. */
abstract class MeshContract {
    static final JobSeal SEAL = new JobSeal(new NodeId("owner"), "certificate", "key", "rest", "signature");

    private static final int PATIENCE_SECONDS = 30;

    private final Random random = new Random(7);

    /** The next core of one mesh; up when this returns. */
    abstract Mesh join();

    /** Ends a core as {@code kill -9} does. */
    abstract void kill(Mesh core);

    @AfterEach
    abstract void endAll();

    @Test
    void anEdgeWorkerIsKnownToAllWhileAnyCoreSeesIt() {
        List<Mesh> cores = joinAll(3);
        Address nowhere = WorkerInfo.NOWHERE;
        WorkerInfo edge = new WorkerInfo(new NodeId("edge"), "e", "o", "", 2, 1 << 30, nowhere, nowhere, 1);
        cores.get(0).connected(edge);
        cores.get(1).connected(edge);
        cores.forEach(core -> settles(() -> List.copyOf(core.edges()).equals(List.of(edge))));
        cores.get(0).gone(edge.id());
        cores.get(2).connected(new WorkerInfo(new NodeId("f"), "f", "o", "", 2, 1 << 30, nowhere, nowhere, 1));
        cores.forEach(core -> settles(() -> core.edges().size() == 2));
        cores.get(1).gone(edge.id());
        cores.forEach(core -> settles(() -> core.edges().size() == 1));
    }

    @Test
    void aJobsIdIsTakenOnce() {
        List<Mesh> cores = joinAll(3);
        JobRecord job = newJob();
        JobRecord other = JobRecord.submitted(job.id(), spec("another"), SEAL, 2);
        List<CompletionStage<JobRecord>> tries = new ArrayList<>();
        for (Mesh core : cores) {
            tries.add(core.create(job));
            tries.add(core.create(other));
        }
        assertEquals(1, tries.stream().map(MeshContract::get).distinct().count());
    }

    @Test
    void allCoresKnowAWorkersConductAndAllStepsCount() {
        List<Mesh> cores = joinAll(3);
        NodeId worker = new NodeId("w");
        Strike strike = new Strike(new JobId("j"), new Span(0, 1), blob(1), blob(2), true, true, 7);
        List<CompletionStage<Conduct>> steps = new ArrayList<>();
        for (Mesh core : cores) {
            steps.add(core.judge(worker, new Judgement.Seen(Reputation.of(worker, false), 3, List.of())));
        }
        steps.forEach(MeshContract::get);
        Reputation struck = Reputation.of(worker, false).struck(true, Reputation.EXAMS);
        get(cores.get(0).judge(worker, new Judgement.Seen(struck, 0, List.of(strike))));
        cores.forEach(core -> await().until(() -> core.conduct(worker)
                .filter(known -> known.reputation().standing() == Standing.BANNED && known.agreed() == 9)
                .isPresent()));
        Conduct banned = cores.get(1).conduct(worker).orElseThrow();
        assertEquals(List.of(strike), banned.strikes());
        get(cores.get(2).judge(worker, new Judgement.Pardon()));
        get(cores.get(1).judge(worker, new Judgement.Remembered(banned)));
        cores.forEach(core -> await().until(() ->
                core.conducts().stream().allMatch(known -> known.reputation().standing() == Standing.NEW)));
    }

    @Test
    void ofManyClaimsForOneEpochOneWins() {
        List<Mesh> cores = joinAll(3);
        JobRecord job = get(cores.get(0).create(newJob()));
        for (int epoch = 0; epoch < 5; epoch++) {
            JobRecord led = onlyWinner(cores, job.id(), epoch);
            assertEquals(epoch + 1, led.epoch());
            assertEquals(JobState.RUNNING, led.state());
        }
    }

    private static JobRecord onlyWinner(List<Mesh> cores, JobId job, int epoch) {
        Map<NodeId, CompletionStage<Optional<JobRecord>>> claims = new HashMap<>();
        for (Mesh core : cores) {
            claims.put(core.self(), core.change(job, new JobChange.Claim(core.self(), epoch)));
        }
        List<JobRecord> won = claims.values().stream()
                .map(MeshContract::get)
                .flatMap(Optional::stream)
                .toList();
        assertEquals(1, won.size(), "winners of epoch " + (epoch + 1));
        NodeId winner = won.get(0).master().orElseThrow();
        assertTrue(get(claims.get(winner)).isPresent(), "the core that the record names was told so");
        return won.get(0);
    }

    @Test
    void aMasterOfAnOlderEpochIsRefused() {
        List<Mesh> cores = joinAll(2);
        Mesh old = cores.get(0);
        Mesh young = cores.get(1);
        JobId job = get(old.create(newJob())).id();
        get(old.change(job, new JobChange.Claim(old.self(), 0)));
        get(young.change(job, new JobChange.Claim(young.self(), 1)));
        Outcome outcome = new Outcome("", Optional.empty(), Optional.empty(), 0, Guarantee.QUORUM, 9);
        assertTrue(get(old.change(job, new JobChange.End(1, JobState.DONE, outcome)))
                .isEmpty());
        JobRecord done = get(young.change(job, new JobChange.End(2, JobState.DONE, outcome)))
                .orElseThrow();
        assertEquals(Optional.of(outcome), done.outcome());
        assertTrue(get(young.change(job, new JobChange.Cancel(10))).isEmpty(), "an ended job stays as it is");
        assertTrue(
                get(old.change(JobId.random(random), new JobChange.Cancel(10))).isEmpty(), "no such job");
    }

    @Test
    void everyCoreHearsOfJobsAndProgressAndALateOneCatchesUp() {
        List<Mesh> cores = joinAll(2);
        Queue<JobRecord> heard = new ConcurrentLinkedQueue<>();
        Queue<JobProgress> heardProgress = new ConcurrentLinkedQueue<>();
        cores.get(1).listen(new Mesh.Listener() {
            @Override
            public void jobChanged(JobRecord job) {
                heard.add(job);
            }

            @Override
            public void progressed(JobProgress progress) {
                heardProgress.add(progress);
            }
        });
        JobRecord job = get(cores.get(0).create(newJob()));
        JobProgress progress = progress(job.id(), cores.get(0).self());
        cores.get(0).publish(progress);
        eventually(() -> heard.contains(job) && heardProgress.contains(progress));
        assertEquals(Optional.of(job), cores.get(1).job(job.id()));
        assertEquals(Optional.of(progress), cores.get(1).progress(job.id()));

        Mesh late = join();
        eventually(() -> late.job(job.id()).equals(Optional.of(job))
                && late.progress(job.id()).equals(Optional.of(progress))
                && late.jobs().contains(job));
    }

    @Test
    void segmentsAreReplacedByEpochAndNumberAndComeInOrder() {
        List<Mesh> cores = joinAll(2);
        JobId job = get(cores.get(0).create(newJob())).id();
        JobId other = get(cores.get(0).create(newJob())).id();
        get(cores.get(0).keep(job, 2, Map.of(0, bytes("2.0"))));
        get(cores.get(0).keep(job, 1, Map.of(10, bytes("1.10"), 9, bytes("old"))));
        get(cores.get(1).keep(job, 1, Map.of(9, bytes("1.9"))));
        get(cores.get(1).keep(other, 1, Map.of(1, bytes("other"))));
        get(cores.get(1).keep(other, 1, Map.of()));
        for (Mesh core : cores) {
            assertEquals(List.of("1.9", "1.10", "2.0"), texts(get(core.segments(job))));
        }
        get(cores.get(1).dropSegments(job));
        assertEquals(List.of(), get(cores.get(0).segments(job)));
        assertEquals(List.of("other"), texts(get(cores.get(0).segments(other))));
    }

    @Test
    void theLastOfManyKeepsOfOneSegmentStays() {
        List<Mesh> cores = joinAll(2);
        JobId job = get(cores.get(0).create(newJob())).id();
        List<CompletionStage<Void>> keeps = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            keeps.add(cores.get(0).keep(job, 1, Map.of(1, bytes("v" + i))));
        }
        keeps.forEach(MeshContract::get);
        assertEquals(List.of("v199"), texts(get(cores.get(1).segments(job))));
    }

    @Test
    void whatWasKeptSurvivesTheDeathOfAnyOneCore() {
        List<Mesh> cores = joinAll(3);
        BlobId blob = blob(3);
        Map<JobId, Integer> kept = new HashMap<>();
        for (int i = 0; i < 20; i++) {
            Mesh core = cores.get(i % 3);
            JobId job = get(core.create(newJob())).id();
            get(core.change(job, new JobChange.Claim(core.self(), 0)));
            get(core.keep(job, 1, Map.of(0, new byte[10_000], 1, bytes(job.value()))));
            kept.put(job, 1);
        }
        for (Mesh core : cores) {
            get(core.hold(List.of(blob)));
        }
        Mesh victim = cores.get(2);
        kill(victim);
        Mesh survivor = cores.get(0);
        eventually(() -> survivor.cores().size() == 2);
        for (JobId job : kept.keySet()) {
            List<Mesh.Segment> segments = get(survivor.segments(job));
            assertEquals(2, segments.size());
            assertEquals(10_000, segments.get(0).bytes().length);
            assertArrayEquals(bytes(job.value()), segments.get(1).bytes());
            assertTrue(get(survivor.change(job, new JobChange.Claim(survivor.self(), 1)))
                    .isPresent());
            eventually(() -> cores.get(1).job(job).orElseThrow().epoch() == 2);
        }
        assertTrue(get(survivor.holders(blob))
                .containsAll(Set.of(survivor.self(), cores.get(1).self())));
    }

    @Test
    void keepsGoOnWhileACoreDies() {
        List<Mesh> cores = joinAll(3);
        Mesh master = cores.get(0);
        JobId job = get(master.create(newJob())).id();
        List<CompletionStage<Void>> keeps = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            keeps.add(master.keep(job, 1, Map.of(i % 10, bytes("v" + i))));
            if (i == 150) {
                Mesh backupOrOwner = master.owns(job) ? cores.get(1) : ownerAmong(cores, job);
                kill(backupOrOwner);
            }
        }
        keeps.forEach(MeshContract::get);
        List<String> texts = texts(get(master.segments(job)));
        assertEquals(Stream.iterate(290, i -> i + 1).limit(10).map(i -> "v" + i).toList(), texts);
    }

    private static Mesh ownerAmong(List<Mesh> cores, JobId job) {
        return cores.stream().filter(core -> core.owns(job)).findFirst().orElseThrow();
    }

    @Test
    void aKeyHasOneOwnerAndAnotherWhenThatOneDies() {
        List<Mesh> cores = joinAll(3);
        JobId job = get(cores.get(0).create(newJob())).id();
        eventually(() -> cores.stream().filter(core -> core.owns(job)).count() == 1);
        Mesh owner = ownerAmong(cores, job);
        List<Mesh> rest = cores.stream().filter(core -> core != owner).toList();
        Queue<String> calls = new ConcurrentLinkedQueue<>();
        rest.forEach(core -> core.listen(new Mesh.Listener() {
            @Override
            public void coresChanged() {
                calls.add(core.owns(job) ? "mine" : "not mine");
            }
        }));
        kill(owner);
        eventually(() -> rest.stream().filter(core -> core.owns(job)).count() == 1);
        eventually(() -> calls.contains("mine"));
    }

    @Test
    void aJobThatAllCoresForgetIsGoneWithAllThatWasKeptOfIt() {
        List<Mesh> cores = joinAll(2);
        JobId old = newJob().id();
        JobId other = newJob().id();
        for (JobId job : List.of(old, other)) {
            get(cores.get(0).create(JobRecord.submitted(job, spec("some"), SEAL, 2)));
            get(cores.get(0).keep(job, 1, Map.of(0, new byte[] {1})));
        }
        cores.forEach(core -> await().until(() -> core.jobs().size() == 2));
        cores.forEach(core -> core.forget(old));
        cores.forEach(core -> await().until(() -> core.job(old).isEmpty()));
        await().until(() -> get(cores.get(0).segments(old)).isEmpty());
        Mesh late = join();
        await().until(() -> late.job(other).isPresent());
        await().until(() -> late.job(old).isEmpty());
        assertEquals(1, get(late.segments(other)).size());
        cores.forEach(core -> assertTrue(core.job(other).isPresent()));
    }

    @Test
    void coresAreListedOldestFirstAndHeardComingAndGoing() {
        Mesh first = join();
        Queue<Integer> sizes = new ConcurrentLinkedQueue<>();
        first.listen(new Mesh.Listener() {
            @Override
            public void coresChanged() {
                sizes.add(first.cores().size());
            }
        });
        Mesh second = join();
        Mesh third = join();
        List<NodeId> byAge = List.of(first.self(), second.self(), third.self());
        for (Mesh core : List.of(first, second, third)) {
            eventually(() -> core.cores().stream().map(WorkerInfo::id).toList().equals(byAge));
        }
        eventually(() -> sizes.contains(3));
        second.close();
        eventually(() -> first.cores().size() == 2 && third.cores().size() == 2);
    }

    @Test
    void aCoreThatLeavesInGoodOrderTakesNothingAway() {
        List<Mesh> cores = joinAll(2);
        JobId job = get(cores.get(0).create(newJob())).id();
        get(cores.get(0).keep(job, 1, Map.of(0, bytes("kept"))));
        cores.get(0).close();
        Mesh left = cores.get(1);
        eventually(() -> left.owns(job));
        assertEquals(List.of("kept"), texts(get(left.segments(job))));
        assertTrue(left.job(job).isPresent());
    }

    @Test
    void holdersAddUp() {
        List<Mesh> cores = joinAll(3);
        List<BlobId> blobs =
                Stream.iterate(0, i -> i + 1).limit(50).map(MeshContract::blob).toList();
        List<CompletionStage<Void>> all =
                cores.stream().map(core -> core.hold(blobs)).toList();
        all.forEach(MeshContract::get);
        get(cores.get(0).hold(List.of()));
        Set<NodeId> everyone =
                Set.of(cores.get(0).self(), cores.get(1).self(), cores.get(2).self());
        for (BlobId blob : blobs) {
            assertEquals(everyone, get(cores.get(1).holders(blob)));
        }
        assertEquals(Set.of(), get(cores.get(1).holders(blob(999))));
    }

    private List<Mesh> joinAll(int count) {
        List<Mesh> cores = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            cores.add(join());
        }
        eventually(() -> cores.stream().allMatch(core -> core.cores().size() == count));
        return cores;
    }

    JobRecord newJob() {
        return JobRecord.submitted(JobId.random(random), spec("count primes"), SEAL, 1);
    }

    static JobSpec spec(String name) {
        return new JobSpec(
                name,
                new Code.Java("primes", Map.of("from", "0", "to", "100")),
                new Recipe.Range(0, 100),
                "sum",
                new Assurance.Quorum(2),
                Limits.DEFAULT,
                10);
    }

    static JobProgress progress(JobId job, NodeId worker) {
        return new JobProgress(
                job,
                JobState.RUNNING,
                1,
                2,
                1,
                0,
                1,
                0,
                3,
                1.5,
                "",
                List.of(new JobProgress.WorkerShare(worker, "w", 3, 0, 0)));
    }

    static BlobId blob(int number) {
        byte[] digest = new byte[BlobId.BYTES];
        digest[0] = (byte) number;
        digest[1] = (byte) (number >> 8);
        return BlobId.of(digest);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> texts(List<Mesh.Segment> segments) {
        assertEquals(
                segments.stream()
                        .sorted(Comparator.comparingInt(Mesh.Segment::epoch).thenComparingInt(Mesh.Segment::number))
                        .toList(),
                segments);
        return segments.stream()
                .map(segment -> new String(segment.bytes(), StandardCharsets.UTF_8))
                .toList();
    }

    /** What is said while a core copies the map of edge workers may escape it until the copies are compared, every 30 s. */
    private static void settles(Callable<Boolean> condition) {
        await().atMost(3 * PATIENCE_SECONDS, TimeUnit.SECONDS).until(condition);
    }

    static void eventually(Supplier<Boolean> condition) {
        await().pollInterval(5, TimeUnit.MILLISECONDS)
                .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .until(condition::get);
    }

    static <T> T get(CompletionStage<T> stage) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        return future.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }
}
