package io.flockwork.worker.master;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobSpec;
import io.flockwork.sdk.model.JobState;
import io.flockwork.sdk.model.Recipe;
import io.flockwork.sdk.model.WorkerInfo;
import io.flockwork.sdk.wire.ClientMessage.Status;
import io.flockwork.sdk.wire.WorkerMessage.JobNotice;
import io.flockwork.worker.TestMembers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every core can say of every job, whoever leads it. */
class JobBoardTest {
    private final MasterWorld world = new MasterWorld(9);

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void everyCoreNamesTheJobsThatWantWorkersAndWhereToAsk() {
        MasterWorld.Core one = world.core();
        MasterWorld.Core two = world.core();
        JobId job = world.submit(TestJobs.job(new Recipe.Range(0, 100, 1), 1));
        JobNotice notice = one.board.notices().get(0);
        assertEquals(one.board.notices(), two.board.notices());
        assertEquals(job, notice.job());
        assertEquals(
                world.leader(job).orElseThrow().board.workers().stream()
                        .filter(core -> core.id()
                                .equals(world.leader(job).orElseThrow().mesh.self()))
                        .findFirst()
                        .orElseThrow()
                        .gateway(),
                notice.master());
        assertTrue(notice.range());
        world.cancel(job);
        assertEquals(List.of(), one.board.notices());
    }

    @Test
    void whatAJobReadsIsNeededWhileItRuns() {
        MasterWorld.Core core = world.core();
        JobId first = world.submit(TestJobs.job(new Recipe.Range(0, 100, 1), 1));
        JobId second = world.submit(TestJobs.job(new Recipe.Range(0, 100, 1), 1));
        assertTrue(core.board.isNeeded(TestJobs.MODULE));
        world.cancel(first);
        assertTrue(core.board.isNeeded(TestJobs.MODULE), "another job reads it too");
        world.cancel(second);
        assertFalse(core.board.isNeeded(TestJobs.MODULE));
        core.board.forgetOld();
        assertTrue(core.board.find(first).isEmpty(), "by this core's clock, it has ended long ago");
    }

    @Test
    void aCoreThatIsThereTwiceForAMomentDoesNoHarm() {
        MasterWorld.Core core = world.core();
        world.submit(TestJobs.job(new Recipe.Range(0, 100, 1), 1));
        WorkerInfo restarted = TestJobs.worker(core.mesh.self(), 77);
        world.network.join(restarted);
        world.run(Duration.ofMillis(10));
        assertEquals(restarted.gateway(), core.board.notices().get(0).master());
    }

    @Test
    void aJobWhoseMasterDiedStaysInTheDirectorySoThatWorkersKeepWhatTheyHave() {
        List<MasterWorld.Core> cores = List.of(world.core(), world.core());
        JobId job = world.submit(TestJobs.job(new Recipe.Range(0, 100, 1), 1));
        MasterWorld.Core leader = world.leader(job).orElseThrow();
        MasterWorld.Core other = cores.get(0) == leader ? cores.get(1) : cores.get(0);
        List<List<JobId>> heard = new ArrayList<>();
        other.board.listen(
                status -> {},
                () -> heard.add(
                        other.board.notices().stream().map(JobNotice::job).toList()),
                judged -> {});
        leader.kill();
        world.run(Duration.ofSeconds(5));
        assertTrue(heard.size() > 1, "the death and the take-over are news");
        heard.forEach(jobs -> assertEquals(List.of(job), jobs));
        JobNotice last = other.board.notices().get(0);
        assertEquals(2, last.epoch());
    }

    @Test
    void jobsAreListedNewestFirstAndCancelledOnce() {
        MasterWorld.Core core = world.core();
        JobId older = world.submit(TestJobs.job(new Recipe.Range(0, 100, 1), 1));
        JobId newer = world.submit(TestJobs.job(new Recipe.Range(0, 100, 1), 1));
        assertEquals(
                List.of(newer, older),
                core.board.all().stream().map(status -> status.record().id()).toList());
        List<Optional<Status>> answers = new ArrayList<>();
        core.board.cancel(older).thenAccept(answers::add);
        core.board.cancel(older).thenAccept(answers::add);
        core.board.cancel(JobId.random(new Random(4))).thenAccept(answers::add);
        world.run(Duration.ofMillis(10));
        assertEquals(JobState.CANCELLED, answers.get(0).orElseThrow().record().state());
        assertEquals(
                answers.get(0).orElseThrow().record(),
                answers.get(1).orElseThrow().record());
        assertEquals(Optional.empty(), answers.get(2));
    }

    @Test
    void submittingTwiceWithOneIdIsOneJob() {
        MasterWorld.Core core = world.core(JobTypes.installed(List.of()));
        JobId id = JobId.random(new Random(5));
        List<Status> answers = new ArrayList<>();
        JobSpec first = TestJobs.typed("primes", Map.of("from", "0", "to", "9"), new Recipe.Own(), "");
        core.board.submit(id, first, TestMembers.seal(id, first)).thenAccept(answers::add);
        world.run(Duration.ofMillis(10));
        JobSpec second = TestJobs.job(new Recipe.Range(0, 5), 1);
        core.board.submit(id, second, TestMembers.seal(id, second)).thenAccept(answers::add);
        assertEquals(1, answers.size(), "what this core has heard says nothing of a second copy; the mesh does");
        world.run(Duration.ofMillis(10));
        assertEquals(2, answers.size());
        assertEquals(answers.get(0).record().spec(), answers.get(1).record().spec());
    }

    @Test
    void listenersHearOfJobsAndProgress() {
        MasterWorld.Core core = world.core();
        List<Status> heard = new ArrayList<>();
        core.board.listen(heard::add, () -> {}, judged -> {});
        JobId job = world.submit(TestJobs.job(new Recipe.Range(0, 100, 1), 1));
        world.run(Duration.ofSeconds(1));
        assertTrue(heard.stream().anyMatch(status -> status.record().state() == JobState.RUNNING));
        assertTrue(heard.stream().anyMatch(status -> status.progress().isPresent()));
        assertTrue(heard.stream().allMatch(status -> status.record().id().equals(job)));
    }
}
