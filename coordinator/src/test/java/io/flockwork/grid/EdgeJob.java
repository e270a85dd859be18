package io.flockwork.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.client.JobHandle;
import io.flockwork.sdk.client.JobRequest;
import io.flockwork.sdk.client.JobResult;
import io.flockwork.sdk.model.JobState;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A job of some seconds that counts primes in a grid with edge workers. */
record EdgeJob(JobHandle handle) {
    private static final Map<String, String> PRIMES = Map.of("to", "5000000000");
    private static final String ANSWER = "234954223\n";

    /** Submits it, and waits until it is well under way. */
    static EdgeJob inTheMiddle(TestGrid grid) {
        JobHandle job = grid.grid().submit(JobRequest.type("primes", PRIMES));
        grid.awaitMiddle(job);
        return new EdgeJob(job);
    }

    /** Waits for its end: a unit that was lost or counted twice would show in the sum. */
    void assertExact() throws Exception {
        JobResult result = handle.result().get(TestGrid.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertEquals(JobState.DONE, result.record().state(), result.record().toString());
        assertEquals(ANSWER, new String(result.combined().orElseThrow().readAllBytes(), StandardCharsets.UTF_8));
        assertEquals(0, result.record().outcome().orElseThrow().unverified());
        assertTrue(handle.status().progress().orElseThrow().workers().stream()
                .anyMatch(share -> share.name().startsWith("edge")));
    }
}
