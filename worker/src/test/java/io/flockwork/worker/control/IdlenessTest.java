package io.flockwork.worker.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.flockwork.sdk.model.Code;
import io.flockwork.sdk.model.JobId;
import io.flockwork.worker.lease.AgentStatus;
import io.flockwork.worker.lease.AgentStatus.JobStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Each way of doing nothing has its own sentence. */
class IdlenessTest {
    private static final JobId JOB = JobId.random(new Random(1));

    @Test
    void whoHasUnitsInHandIsNotIdle() {
        assertEquals(Optional.empty(), Idleness.why(told(0, job(true, 0), job(true, 3))));
    }

    @Test
    void paused() {
        AgentStatus paused = new AgentStatus(
                true, FakeAgent.HOME, false, false, List.of(job(false, 0)), 0, 0, 0, 0, Optional.empty());
        assertEquals(Optional.of("it is paused"), Idleness.why(paused));
    }

    @Test
    void noCoreIsReached() {
        AgentStatus alone =
                new AgentStatus(false, FakeAgent.HOME, false, true, List.of(), 0, 0, 0, 0, Optional.empty());
        assertEquals(
                Optional.of("no core is reached: home:7701 does not answer, or no longer lets this worker in"),
                Idleness.why(alone));
    }

    @Test
    void notInformedYet() {
        AgentStatus fresh =
                new AgentStatus(false, FakeAgent.HOME, true, false, List.of(), 0, 0, 0, 0, Optional.empty());
        assertEquals(Optional.of("it has not heard yet which jobs there are"), Idleness.why(fresh));
    }

    @Test
    void noJob() {
        assertEquals(Optional.of("the grid has no job that runs"), Idleness.why(told(0)));
    }

    @Test
    void tooMuchMemory() {
        assertEquals(
                Optional.of("the job asks for more memory than this worker gives (--memory)"), Idleness.why(told(1)));
        assertEquals(
                Optional.of("all 2 jobs ask for more memory than this worker gives (--memory)"), Idleness.why(told(2)));
    }

    @Test
    void nobodySignedTheJobs() {
        AgentStatus wary = new AgentStatus(false, FakeAgent.HOME, true, true, List.of(), 0, 1, 0, 0, Optional.empty());
        assertEquals(Optional.of("no member of the grid has signed the jobs that there are"), Idleness.why(wary));
    }

    @Test
    void theMasterIsAway() {
        assertEquals(Optional.of("the core that leads the job is not reached"), Idleness.why(told(0, job(false, 0))));
    }

    @Test
    void theMasterHasNothing() {
        assertEquals(
                Optional.of("it waits for the job's master to have work for it"),
                Idleness.why(told(1, job(false, 0), job(true, 0))));
    }

    private static JobStatus job(boolean reached, int inHand) {
        return new JobStatus(JOB, new Code.Java("echo", Map.of()), reached, 0, inHand, 0);
    }

    private static AgentStatus told(int declined, JobStatus... jobs) {
        return new AgentStatus(false, FakeAgent.HOME, true, true, List.of(jobs), declined, 0, 0, 0, Optional.empty());
    }
}
