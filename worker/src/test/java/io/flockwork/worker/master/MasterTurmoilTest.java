package io.flockwork.worker.master;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.model.Assurance;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobSpec;
import io.flockwork.sdk.model.JobState;
import io.flockwork.sdk.model.Limits;
import io.flockwork.sdk.model.Recipe;
import io.flockwork.sdk.wire.ResultList;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * A whole job, from submission to its sum, while everything that may go wrong does: workers fail, lie, lose and repeat
 * messages and vanish, masters die or are cut off in the middle. Every index is in exactly one accepted unit, and the sum
 * is right.
 */
class MasterTurmoilTest {
    private static final Duration MOST = Duration.ofHours(2);
    private static final Limits MANY_TRIES = new Limits(600_000, 1 << 20, 1 << 20, 100);

    @Property(tries = 25)
    void theSumIsRightWhateverHappens(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int quorum, @ForAll boolean fixedStep) {
        try (MasterWorld world = new MasterWorld(seed)) {
            live(world, new Random(seed), new Assurance.Quorum(quorum), quorum, fixedStep);
        }
    }

    @Property(tries = 25)
    void theSumIsRightWhateverHappensWhenAllAnswersAreChecked(@ForAll long seed, @ForAll boolean fixedStep) {
        try (MasterWorld world = new MasterWorld(seed)) {
            live(world, new Random(seed), new Assurance.Lottery(1e-9, 1), 2, fixedStep);
        }
    }

    @Property(tries = 40)
    void oneLiarAmongThreeChangesNothing(@ForAll long seed) {
        try (MasterWorld world = new MasterWorld(seed)) {
            Random random = new Random(seed);
            world.core();
            long indices = 40_000;
            JobId job =
                    world.submit(TestJobs.job(new Recipe.Range(0, indices, 0), "sum", Assurance.DEFAULT, MANY_TRIES));
            for (int i = 0; i < 3; i++) {
                new Volunteer(
                        world, job, i, new Volunteer.Habits(500 + random.nextInt(500), i == 0 ? 0.3 : 0, 0, 0, 0));
            }
            assertTrue(world.time.runUntil(() -> world.ended(job), MOST), "the job ends");
            assertEquals(Long.toString(Volunteer.sum(0, indices)), world.combined(job));
        }
    }

    /**
     * Somebody reads the results of a streaming job by number alone, from whichever core believes that it leads the job. All that it
     * has heard and all that the list has behind its last number are the whole job; nothing comes twice unless two masters went on
     * side by side.
     */
    @Property(tries = 40)
    void whoFollowsByNumberMissesNothing(@ForAll long seed, @ForAll boolean cut) {
        try (MasterWorld world = new MasterWorld(seed)) {
            Random random = new Random(seed);
            for (int i = 0; i < 4; i++) {
                world.core();
            }
            long indices = 20_000;
            JobSpec plain = TestJobs.job(new Recipe.Range(0, indices, 37), "sum", new Assurance.Quorum(2), MANY_TRIES);
            JobId job = world.submit(TestJobs.held(plain, Duration.ofMillis(1 + random.nextInt(4_000))));
            for (int i = 0; i < 4; i++) {
                new Volunteer(world, job, i, Volunteer.Habits.honest(500 + random.nextInt(500)));
            }
            FinalReader reader = new FinalReader(world, job, random);
            for (int i = 0; i < 2; i++) {
                world.time.after(Duration.ofMillis(3_000 + random.nextInt(15_000)), () -> world.leader(job)
                        .ifPresent(MasterWorld.Core::kill));
            }
            if (cut) {
                world.time.after(Duration.ofMillis(1_000 + random.nextInt(9_000)), () -> world.leader(job)
                        .ifPresent(leader -> cutOff(world, leader, random)));
            }
            assertTrue(world.time.runUntil(() -> world.ended(job), MOST), "the job ends");
            reader.end(world.results(job), indices, cut);
        }
    }

    private static void live(MasterWorld world, Random random, Assurance assurance, int quorum, boolean fixedStep) {
        for (int i = 0; i < 4; i++) {
            world.core();
        }
        long indices = 5_000 + random.nextInt(60_000);
        Recipe recipe = new Recipe.Range(0, indices, fixedStep ? 37 : 0);
        JobId job = world.submit(TestJobs.job(recipe, "sum", assurance, MANY_TRIES));
        List<Volunteer> volunteers = new ArrayList<>();
        // Enough of them stay and are honest that no unit is ever settled for lack of workers.
        for (int i = 0; i < 2 * quorum + 1; i++) {
            volunteers.add(new Volunteer(world, job, i, habits(random, 0)));
        }
        disturb(world, job, random, volunteers.size(), quorum);
        assertTrue(world.time.runUntil(() -> world.ended(job), MOST), "the job ends");
        assertComplete(world, job, indices);
        assertTheMeshIsTidy(world, job);
    }

    private static Volunteer.Habits habits(Random random, double lies) {
        return new Volunteer.Habits(100 + random.nextInt(900), lies, 0.02, 0.05, 0.05);
    }

    private static void disturb(MasterWorld world, JobId job, Random random, int firstNumber, int quorum) {
        for (int i = 0; i < 6; i++) {
            int number = firstNumber + i;
            Duration when = Duration.ofMillis(random.nextInt(20_000));
            world.time.after(when, () -> {
                // One liar at most, so that no two agree on a lie; none where one vote is enough.
                boolean liar = number == firstNumber && quorum > 1;
                Volunteer brief = new Volunteer(world, job, number, habits(random, liar ? 0.3 : 0));
                world.time.after(Duration.ofMillis(random.nextInt(15_000)), () -> brief.vanish(random.nextBoolean()));
            });
        }
        for (int i = 0; i < 2; i++) {
            world.time.after(Duration.ofMillis(6_000 + random.nextInt(15_000)), () -> world.leader(job)
                    .filter(leader -> world.cores.size() > 1)
                    .ifPresent(MasterWorld.Core::kill));
        }
        world.time.after(Duration.ofMillis(1_000 + random.nextInt(5_000)), () -> world.leader(job)
                .filter(leader -> world.cores.size() > 1)
                .ifPresent(leader -> cutOff(world, leader, random)));
    }

    /** For a while two masters go on side by side. */
    private static void cutOff(MasterWorld world, MasterWorld.Core leader, Random random) {
        world.network.cut(leader.mesh);
        world.time.after(Duration.ofMillis(2_000 + random.nextInt(6_000)), () -> world.network.heal(leader.mesh));
    }

    private static void assertComplete(MasterWorld world, JobId job, long indices) {
        assertEquals(JobState.DONE, world.record(job).state(), () -> world.record(job)
                .toString());
        assertEquals(0, world.record(job).outcome().orElseThrow().unverified());
        long next = 0;
        for (ResultList.Entry entry : world.results(job)) {
            assertEquals(next, entry.unit().from(), "units tile the range");
            assertTrue(entry.body().isPresent());
            next = entry.unit().to();
        }
        assertEquals(indices, next);
        assertEquals(Long.toString(Volunteer.sum(0, indices)), world.combined(job));
    }

    private static void assertTheMeshIsTidy(MasterWorld world, JobId job) {
        world.run(Duration.ofSeconds(15));
        assertTrue(world.leader(job).isEmpty(), "nobody leads a job that has ended");
        List<Integer> left = new ArrayList<>();
        world.cores.get(0).mesh.segments(job).thenAccept(segments -> left.add(segments.size()));
        world.run(Duration.ofMillis(1));
        assertEquals(List.of(0), left, "nothing is kept of a job that has ended");
    }
}
