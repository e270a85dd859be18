package io.flockwork.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.client.JobHandle;
import io.flockwork.sdk.client.JobRequest;
import io.flockwork.sdk.client.JobResult;
import io.flockwork.sdk.model.JobProgress;
import io.flockwork.sdk.model.JobProgress.WorkerShare;
import io.flockwork.sdk.model.JobState;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A worker that lies changes no answer, and is the one that stands out. */
class SaboteurIT {
    @RegisterExtension
    static final TestGrid GRID = TestGrid.ofWorkers(2).with("liar", "--saboteur", "0.3");

    @Test
    void theSumIsRightAndTheLiarIsNamed() throws Exception {
        JobHandle job = GRID.grid().submit(JobRequest.type("primes", Map.of("to", "2000000000")));
        JobResult result = job.result().get(TestGrid.PATIENCE.toSeconds(), TimeUnit.SECONDS);

        assertEquals(JobState.DONE, result.record().state());
        assertEquals("98222287\n", new String(result.combined().orElseThrow().readAllBytes(), StandardCharsets.UTF_8));
        JobProgress end = job.status().progress().orElseThrow();
        assertEquals(0, result.record().outcome().orElseThrow().unverified());
        for (WorkerShare share : end.workers()) {
            assertEquals(share.name().equals("liar"), share.outvoted() > 0, end.toString());
        }
        assertTrue(end.workers().stream().anyMatch(share -> share.name().equals("liar")), end.toString());
    }
}
