package io.flockwork.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.client.JobHandle;
import io.flockwork.sdk.client.JobRequest;
import io.flockwork.sdk.client.JobRequest.Source;
import io.flockwork.sdk.client.JobResult;
import io.flockwork.sdk.model.Conduct;
import io.flockwork.sdk.model.Guarantee;
import io.flockwork.sdk.model.JobProgress;
import io.flockwork.sdk.model.JobState;
import io.flockwork.sdk.model.Outcome;
import io.flockwork.sdk.model.Standing;
import io.flockwork.sdk.model.WorkerInfo;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Six workers of six operators, two of whom lie together about three units of ten, and the operator's referee: the sum of a
 * thousand units is right, for less than twice the work, and both are banned with their units named. {@code
 * -Dcollusion.runs=5} plays it five times, each time on a new grid.
 */
class CollusionIT {
    private static final int UNITS = 1000;
    private static final long STEP = 2_000_000;
    /** Primes below 2 * 10^9. */
    private static final String SUM = "98222287\n";

    private static final double MOST_RESULTS = 1.8;
    private static final Set<String> LIARS = Set.of("liar-1", "liar-2");

    @Test
    void theSumIsExactAndBothAreBanned() throws Exception {
        for (int run = 1; run <= Integer.getInteger("collusion.runs", 1); run++) {
            try (TestGrid grid = grid()) {
                grid.start();
                warmUp(grid);
                play(run, grid);
            }
        }
    }

    private static TestGrid grid() {
        TestGrid grid = TestGrid.ofWorkers(1).withReferee();
        for (int i = 1; i <= 4; i++) {
            grid.withEdge("honest-" + i);
        }
        LIARS.forEach(liar -> grid.withEdge(liar, "--saboteur", "0.3", "--gang", "two"));
        return grid;
    }

    /** Else the one whose runner starts first would have done all before the others begin. A quorum leaves no trace in reputations. */
    private static void warmUp(TestGrid grid) throws Exception {
        JobHandle job = grid.grid()
                .submit(JobRequest.wasm(Modules.example("primes.wasm"), List.of(), new Source.Range(0, 40 * STEP, STEP))
                        .withQuorum(5));
        job.result().get(TestGrid.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertEquals(7, job.status().progress().orElseThrow().workers().size());
    }

    private static void play(int run, TestGrid grid) throws Exception {
        JobHandle job = grid.grid()
                .submit(JobRequest.wasm(
                                Modules.example("primes.wasm"), List.of(), new Source.Range(0, UNITS * STEP, STEP))
                        .combinedBy("sum"));
        JobResult result = job.result().get(TestGrid.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        Outcome outcome = result.record().outcome().orElseThrow();
        JobProgress end = job.status().progress().orElseThrow();
        double results = (double) end.votes() / UNITS;
        System.out.printf(
                "collusion, run %d: %d results for %d units, %.3f a unit, %d unverified, %s%n",
                run, end.votes(), UNITS, results, outcome.unverified(), outcome.guarantee());

        assertEquals(JobState.DONE, result.record().state());
        assertEquals(SUM, new String(result.combined().orElseThrow().readAllBytes(), StandardCharsets.UTF_8));
        assertEquals(0, outcome.unverified());
        assertEquals(Guarantee.LOTTERY, outcome.guarantee());
        assertTrue(results <= MOST_RESULTS, results + " results a unit");
        assertBanned(job, grid);
    }

    private static void assertBanned(JobHandle job, TestGrid grid) throws Exception {
        Map<String, Conduct> conducts = grid.grid().conducts().stream()
                .collect(Collectors.toMap(conduct -> nameOf(conduct, grid.listed()), Function.identity()));
        conducts.forEach((name, conduct) -> {
            assertEquals(
                    LIARS.contains(name),
                    conduct.reputation().standing() == Standing.BANNED,
                    () -> name + ": " + conduct);
            assertEquals(LIARS.contains(name), !conduct.strikes().isEmpty());
            conduct.strikes().forEach(strike -> assertFalse(strike.given().equals(strike.accepted())));
        });
        assertTrue(conducts.keySet().containsAll(LIARS), conducts.keySet().toString());
        String told = grid.worker("liar-1").log();
        assertTrue(told.contains("the grid has banned this worker"), told);
        assertTrue(
                told.contains("the grid refused this worker's answer to unit") && told.contains(job.id() + ": it gave"),
                told);
    }

    private static String nameOf(Conduct conduct, List<WorkerInfo> workers) {
        return workers.stream()
                .filter(worker -> worker.id().equals(conduct.worker()))
                .findFirst()
                .map(WorkerInfo::name)
                .orElse(conduct.worker().value());
    }
}
