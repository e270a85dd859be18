package io.flockwork.worker.master;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.flockwork.sdk.model.JobChange;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.model.JobSpec;
import io.flockwork.sdk.model.Recipe;
import io.flockwork.worker.TestMembers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is forgotten has ended, and is old or one of too many. */
class OldJobsTest {
    private static final long NOW = Duration.ofDays(1_000).toMillis();
    private static final JobSpec SPEC = TestJobs.job(new Recipe.Range(0, 100, 1), 1);

    private static JobRecord running(String id, long millis) {
        JobId job = new JobId(id);
        return JobRecord.submitted(job, SPEC, TestMembers.seal(job, SPEC), millis);
    }

    private static JobRecord ended(String id, long millis) {
        return new JobChange.Cancel(millis).applyTo(running(id, 0)).orElseThrow();
    }

    @Test
    void aMonthAfterItsEndAJobIsForgotten() {
        long month = OldJobs.KEPT.toMillis();
        List<JobRecord> jobs = List.of(
                ended("old", NOW - month - 1), running("ancient", 0), ended("young", NOW - month), ended("fresh", NOW));
        assertEquals(List.of(new JobId("old")), OldJobs.of(jobs, NOW));
        assertEquals(List.of(), OldJobs.of(List.of(), NOW));
    }

    @Test
    void ofVeryManyTheOldestAreForgotten() {
        List<JobRecord> jobs = new ArrayList<>();
        jobs.add(running("ancient", 0));
        JobRecord any = ended("any", NOW);
        for (int i = 0; i < OldJobs.MOST_KEPT + 2; i++) {
            JobId id = new JobId("j" + Integer.toString(i, 26).replaceAll("[018 9]", "z") + "x".repeat(i % 30));
            jobs.add(new JobRecord(
                    id,
                    any.spec(),
                    any.seal(),
                    any.state(),
                    any.epoch(),
                    any.master(),
                    0,
                    new JobChange.Cancel(NOW - i)
                            .applyTo(running("any", 0))
                            .orElseThrow()
                            .outcome()));
        }
        JobId oldest = jobs.get(jobs.size() - 1).id();
        JobId second = jobs.get(jobs.size() - 2).id();
        Collections.shuffle(jobs, new Random(1));
        assertEquals(List.of(second, oldest), OldJobs.of(jobs, NOW));
    }
}
