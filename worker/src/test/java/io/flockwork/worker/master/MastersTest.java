package io.flockwork.worker.master;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.job.Combiner;
import io.flockwork.sdk.job.JobType;
import io.flockwork.sdk.job.Parameter;
import io.flockwork.sdk.job.Parameters;
import io.flockwork.sdk.job.UnitContext;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.model.JobSpec;
import io.flockwork.sdk.model.JobState;
import io.flockwork.sdk.model.NamedBlob;
import io.flockwork.sdk.model.Recipe;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.wire.WorkerMessage;
import io.flockwork.sdk.wire.WorkerMessage.Answer;
import io.flockwork.sdk.wire.WorkerMessage.UnitReport;
import io.flockwork.worker.TestMembers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A job has one leader, which stays while it lives, and another one when it does not. */
class MastersTest {
    private final MasterWorld world = new MasterWorld(5);

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void everyJobHasExactlyOneLeader() {
        addCores(4);
        List<JobId> jobs = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            jobs.add(world.submit(longJob()));
        }
        world.run(Duration.ofSeconds(3));
        for (JobId job : jobs) {
            assertEquals(1, leaders(job));
            assertEquals(1, world.record(job).epoch(), "nobody claimed it twice");
        }
        assertTrue(world.cores.stream().allMatch(core -> jobs.stream().anyMatch(core::leads)), "cores share the work");
    }

    @Test
    void aLeaderStaysWhoeverJoins() {
        addCores(2);
        JobId job = world.submit(longJob());
        MasterWorld.Core leader = world.leader(job).orElseThrow();
        addCores(5);
        world.run(Duration.ofSeconds(5));
        assertEquals(Optional.of(leader), world.leader(job));
        assertEquals(1, world.record(job).epoch());
    }

    @Test
    void whenTheLeaderDiesAnotherCoreTakesOver() {
        addCores(3);
        JobId job = world.submit(longJob());
        world.leader(job).orElseThrow().kill();
        world.run(Duration.ofSeconds(2));
        assertEquals(1, leaders(job));
        assertEquals(2, world.record(job).epoch());
    }

    @Test
    void aLeaderThatWasCutOffStopsWhenItHearsOfItsSuccessor() {
        addCores(3);
        JobId job = world.submit(longJob());
        MasterWorld.Core old = world.leader(job).orElseThrow();
        world.network.cut(old.mesh);
        world.run(Duration.ofSeconds(5));
        assertEquals(2, leaders(job), "two halves, two leaders");
        world.network.heal(old.mesh);
        world.run(Duration.ofSeconds(5));
        assertEquals(1, leaders(job));
        assertFalse(old.leads(job));
        assertEquals(2, world.record(job).epoch());
    }

    @Test
    void anEndToldByADeposedLeaderLeavesItsSuccessorsSegmentsAlone() {
        addCores(3);
        JobId job = world.submit(TestJobs.job(new Recipe.Range(0, 2, 1), 1));
        MasterWorld.Core old = world.leader(job).orElseThrow();
        world.network.cut(old.mesh);
        world.run(Duration.ofSeconds(3));
        MasterWorld.Core successor = world.cores.stream()
                .filter(core -> core != old && core.leads(job))
                .findFirst()
                .orElseThrow();
        FakeChannel ann = new FakeChannel(1);
        compute(old, job, ann, 0, 1);
        compute(successor, job, new FakeChannel(2), 0);
        world.network.heal(old.mesh);
        world.run(Duration.ofSeconds(2));
        assertFalse(world.ended(job), "the deposed one's end is refused");
        assertTrue(segments(job) > 0, "what the successor kept is still kept");
    }

    @Test
    void workersOfAJobThatIsNotLedHereAreToldSo() {
        addCores(2);
        JobId job = world.submit(longJob());
        FakeChannel ann = new FakeChannel(1);
        MasterWorld.Core other = world.cores.stream()
                .filter(core -> !core.leads(job))
                .findFirst()
                .orElseThrow();
        other.masters.received(ann, job, new WorkerMessage.InHand(job, List.of()));
        assertEquals(List.of(new WorkerMessage.NotLed(job)), ann.sent);
    }

    @Test
    void nothingIsKeptOfACancelledJobWhetherItIsLedOrNot() {
        addCores(2);
        JobId led = world.submit(longJob());
        compute(world.leader(led).orElseThrow(), led, new FakeChannel(1), 0);
        assertTrue(segments(led) > 0);
        world.cancel(led);
        world.run(Duration.ofSeconds(2));
        assertEquals(0, segments(led));
        assertEquals(0, leaders(led));
    }

    @Test
    void whatComesBeforeTheJobIsSplitIsNotLost() {
        addCores(1);
        JobId job = JobId.random(new Random(1));
        world.cores.get(0).mesh.create(JobRecord.submitted(job, longJob(), TestMembers.seal(job, longJob()), 1));
        assertTrue(world.time.runUntil(() -> world.leader(job).isPresent(), Duration.ofSeconds(1)));
        FakeChannel ann = new FakeChannel(1);
        world.cores.get(0).masters.received(ann, job, new WorkerMessage.Ask(job, 1, 1, 0, 10));
        world.run(Duration.ofSeconds(1));
        assertFalse(ann.leased().isEmpty());
    }

    @Test
    void inputThatNobodyHasNowIsWaitedForAWhile() {
        addCores(1);
        byte[] text = TestJobs.bytes("one\ntwo\n");
        NamedBlob late = new NamedBlob("text", RandomUnits.digest(text), text.length);
        JobId job = world.submit(TestJobs.job(new Recipe.Lines(late), 1));
        world.run(Duration.ofSeconds(30));
        assertFalse(world.ended(job));
        TestJobs.publish(world.swarm, "text", text);
        world.run(Duration.ofSeconds(2));
        FakeChannel ann = new FakeChannel(1);
        compute(world.cores.get(0), job, ann, 0, 1);
        assertEquals(JobState.DONE, world.record(job).state());
    }

    @Test
    void inputThatNobodyEverHasFailsTheJobWithASentence() {
        addCores(1);
        NamedBlob missing = new NamedBlob("text", new BlobId("7".repeat(64)), 10);
        JobId job = world.submit(TestJobs.job(new Recipe.Lines(missing), 1));
        world.run(Duration.ofSeconds(70));
        assertEquals(JobState.FAILED, world.record(job).state());
        assertEquals(
                "nobody has blob " + missing.blob(),
                world.record(job).outcome().orElseThrow().failure());
    }

    @Test
    void inputThatCannotBeCutFailsTheJobAtOnce() {
        addCores(1);
        NamedBlob data = TestJobs.publish(world.swarm, "data", new byte[10]);
        NamedBlob lengths = TestJobs.publish(world.swarm, "lengths", new byte[] {0, 0, 0, 9});
        JobId job = world.submit(TestJobs.job(new Recipe.Listed(data, lengths), 1));
        world.run(Duration.ofSeconds(1));
        assertEquals(
                "the unit lengths do not add up to the data's size",
                world.record(job).outcome().orElseThrow().failure());
    }

    @Test
    void aFaultyCombinerEndsItsJobAndNothingElse() {
        world.core(JobTypes.of(List.of(new FaultyType())));
        JobId job = world.submit(TestJobs.typed("faulty", Map.of(), new Recipe.Range(0, 1, 1), ""));
        compute(world.cores.get(0), job, new FakeChannel(1), 0);
        assertEquals(
                "the results could not be combined: java.lang.ArithmeticException: / by zero",
                world.record(job).outcome().orElseThrow().failure());
        assertEquals(1, world.results(job).size(), "the results stay fetchable");
    }

    @Test
    void aClosedCoreLeadsNothingMore() {
        addCores(1);
        JobId job = world.submit(longJob());
        MasterWorld.Core core = world.cores.get(0);
        core.masters.close();
        world.run(Duration.ofSeconds(3));
        assertFalse(core.leads(job));
        FakeChannel ann = new FakeChannel(1);
        core.masters.received(ann, job, new WorkerMessage.Ask(job, 1, 1, 0, 10));
        assertEquals(List.of(new WorkerMessage.NotLed(job)), ann.sent);
    }

    private void addCores(int count) {
        for (int i = 0; i < count; i++) {
            world.core();
        }
    }

    private static JobSpec longJob() {
        return TestJobs.job(new Recipe.Range(0, 1_000_000, 1), 1);
    }

    private long leaders(JobId job) {
        return world.cores.stream().filter(core -> core.leads(job)).count();
    }

    private int segments(JobId job) {
        List<Integer> found = new ArrayList<>();
        world.cores.get(0).mesh.segments(job).thenAccept(segments -> found.add(segments.size()));
        world.run(Duration.ofMillis(1));
        return found.get(0);
    }

    private void compute(MasterWorld.Core core, JobId job, FakeChannel worker, long... indices) {
        core.masters.received(worker, job, new WorkerMessage.Ask(job, 2, 1, 0, 1000));
        world.run(Duration.ofMillis(10));
        for (long index : indices) {
            Answer answer = new Answer.Inline(TestJobs.bytes("1"), new byte[0], 10);
            core.masters.received(
                    worker,
                    job,
                    new WorkerMessage.Report(job, List.of(new UnitReport(new Span(index, index + 1), answer))));
        }
        world.run(Duration.ofMillis(300));
    }

    /** A job type whose combiner divides by zero. */
    private static final class FaultyType implements JobType {
        @Override
        public String name() {
            return "faulty";
        }

        @Override
        public String description() {
            return "divides by zero";
        }

        @Override
        public List<Parameter> parameters() {
            return List.of();
        }

        @Override
        public Recipe recipe(Parameters parameters, Optional<Recipe> given) {
            return given.orElseThrow();
        }

        @Override
        public byte[] compute(UnitContext unit) {
            return new byte[0];
        }

        @Override
        public Optional<Combiner> combiner(Parameters parameters) {
            return Optional.of(new Combiner() {
                @Override
                public void add(byte[] result) {}

                @Override
                public byte[] finish() {
                    return new byte[1 / (parameters.hashCode() & 0)];
                }
            });
        }
    }
}
