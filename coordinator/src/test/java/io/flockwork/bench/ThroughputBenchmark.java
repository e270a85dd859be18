package io.flockwork.bench;

import io.flockwork.sdk.client.Grid;
import io.flockwork.sdk.client.JobHandle;
import io.flockwork.sdk.client.JobRequest;
import io.flockwork.sdk.client.JobResult;
import io.flockwork.sdk.model.JobState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How quickly a running grid gets through small units. Prints a line a round; the first rounds are warm-up.
 *
 * <p>Arguments: {@code HOME ROUNDS echo UNITS} or {@code HOME ROUNDS spin UNITS MILLIS}; HOME is the
 * {@code FLOCKWORK_HOME} of a user who has logged in to the grid.
 */
final class ThroughputBenchmark {
    private ThroughputBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        int rounds = Integer.parseInt(arguments[1]);
        try (Grid grid = Grid.connect(Path.of(arguments[0]))) {
            for (int round = 1; round <= rounds; round++) {
                if (arguments[2].equals("echo")) {
                    echo(grid, round, Integer.parseInt(arguments[3]));
                } else {
                    spin(grid, round, Integer.parseInt(arguments[3]), arguments[4]);
                }
            }
        }
    }

    private static void echo(Grid grid, int round, int units) {
        List<byte[]> inputs = new ArrayList<>(units);
        for (int i = 0; i < units; i++) {
            inputs.add(("unit " + i).getBytes(StandardCharsets.UTF_8));
        }
        JobRequest request = JobRequest.type("echo", Map.of())
                .over(new JobRequest.Source.Listed(inputs))
                .withQuorum(1);
        double seconds = run(grid, request, units);
        System.out.printf(
                "round %d: %,d echo units in %.3f s: %,.0f a second%n", round, units, seconds, units / seconds);
    }

    private static void spin(Grid grid, int round, int units, String millis) throws Exception {
        JobRequest request = JobRequest.type("echo", Map.of("units", Integer.toString(units), "spin", millis))
                .withQuorum(1);
        double seconds = run(grid, request, units);
        double busy = units * Double.parseDouble(millis) / 1000;
        int cores = Runtime.getRuntime().availableProcessors();
        System.out.printf(
                "round %d: %,d units of %s ms in %.3f s: units kept %d cores %.1f %% busy%n",
                round, units, millis, seconds, cores, 100 * busy / seconds / cores);
    }

    /** Seconds from before the submission until the submitter knows the end. */
    private static double run(Grid grid, JobRequest request, int units) {
        long start = System.nanoTime();
        JobHandle job = grid.submit(request);
        JobResult result = job.result().join();
        double seconds = (System.nanoTime() - start) / 1e9;
        long accepted;
        try (var results = result.units()) {
            accepted = results.filter(unit -> unit.output().isPresent()).count();
        }
        if (result.record().state() != JobState.DONE || accepted != units) {
            throw new IllegalStateException("the job is " + result.record().state() + " with " + accepted + " results");
        }
        return seconds;
    }
}
