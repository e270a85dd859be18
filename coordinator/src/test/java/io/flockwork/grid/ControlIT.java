package io.flockwork.grid;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import io.flockwork.sdk.client.JobHandle;
import io.flockwork.sdk.client.JobRequest;
import io.flockwork.sdk.client.JobResult;
import io.flockwork.sdk.model.JobState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A volunteer asks the worker on the own machine what it does, and stops it in the middle of a job. */
class ControlIT {
    @RegisterExtension
    static final TestGrid GRID = TestGrid.ofWorkers(2);

    private static Ran control(String command, String worker, String... more) throws IOException, InterruptedException {
        List<String> arguments =
                new ArrayList<>(List.of(command, "--dir", GRID.folderOf(worker).toString()));
        arguments.addAll(List.of(more));
        return GRID.run(arguments.toArray(String[]::new));
    }

    private static Map<String, Object> status(String worker) throws IOException, InterruptedException {
        Ran ran = control("status", worker, "--json");
        assertEquals(0, ran.code(), ran.toString());
        return JSON.std.mapFrom(ran.text());
    }

    /** A worker answers a moment after the grid lists it. */
    private static Map<String, Object> awaitStatus(String worker, Predicate<Map<String, Object>> wanted) {
        await("an answer")
                .atMost(TestGrid.PATIENCE)
                .until(() -> control("status", worker).code() == 0);
        return await("its status").atMost(TestGrid.PATIENCE).until(() -> status(worker), wanted::test);
    }

    private static long number(Map<String, Object> status, String name) {
        return ((Number) status.get(name)).longValue();
    }

    @Test
    void aPausedWorkerDoesNothingTheOthersDoAllAndARestartForgetsNoPause() throws Exception {
        Map<String, Object> idle =
                awaitStatus("worker-1", now -> now.get("homeReached").equals(true));
        assertEquals("worker-1", idle.get("name"));
        assertEquals("core", idle.get("role"));
        assertEquals("the grid has no job that runs", idle.get("idle"));

        // Twenty seconds of processor time, however busy the machine is: long enough to be caught at work.
        JobHandle job = GRID.grid()
                .submit(JobRequest.type("echo", Map.of("units", "200", "spin", "100"))
                        .withQuorum(1));
        Map<String, Object> busy =
                awaitStatus("worker-1", now -> number(now, "busySlots") == 1 && number(now, "unitsDone") > 0);
        assertEquals(job.id().value(), ((Map<?, ?>) ((List<?>) busy.get("jobs")).get(0)).get("id"));

        Ran paused = control("pause", "worker-1");
        assertEquals("paused until told to resume\n", paused.text(), paused.toString());
        Map<String, Object> stopped = status("worker-1");
        assertEquals("it is paused", stopped.get("idle"));
        assertEquals(0, number(stopped, "busySlots"));

        JobResult result = job.result().get(TestGrid.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertEquals(JobState.DONE, result.record().state(), result.toString());
        Ran fetched = GRID.run("fetch", job.id().value(), "-o", "-");
        assertEquals(
                IntStream.range(0, 200).mapToObj(i -> i + " " + (i + 1) + "\n").collect(Collectors.joining()),
                fetched.text(),
                fetched.toString());
        assertEquals(number(stopped, "unitsDone"), number(status("worker-1"), "unitsDone"));

        GRID.worker("worker-1").kill();
        assertEquals(1, control("status", "worker-1").code());
        GRID.heal();
        assertEquals(true, awaitStatus("worker-1", now -> true).get("paused"));

        assertEquals(0, control("resume", "worker-1").code());
        awaitStatus("worker-1", now -> now.get("homeReached").equals(true));
        JobHandle next = GRID.grid()
                .submit(JobRequest.type("primes", Map.of("to", "1000000000")).withQuorum(2));
        assertEquals(
                JobState.DONE,
                next.result()
                        .get(TestGrid.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                        .record()
                        .state());
        assertTrue(number(status("worker-1"), "unitsDone") > 0, "two voters were needed, so it computed again");
    }

    @Test
    void aPauseForATimeEndsByItself() throws Exception {
        Ran paused = control("pause", "worker-2", "1s");
        assertTrue(paused.text().startsWith("paused until "), paused.toString());
        awaitStatus(
                "worker-2",
                now -> now.get("paused").equals(false) && now.get("homeReached").equals(true));
    }
}
