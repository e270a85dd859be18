package io.flockwork.sdk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import io.flockwork.sdk.client.Grid.JobStatus;
import io.flockwork.sdk.client.JobRequest;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobProgress;
import io.flockwork.sdk.model.JobProgress.WorkerShare;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.model.JobState;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.WorkerInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code top} shows, on any size of screen, and in lines. */
class TopTest {
    private static final Address HERE = new Address("127.0.0.1", 7701);
    private static final long SECOND = 1_000_000_000;
    private static final List<WorkerInfo> WORKERS =
            List.of(worker("a", "ant", HERE), worker("b", "bee", WorkerInfo.NOWHERE));

    private final FakeGrid grid = new FakeGrid();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(Object... arguments) {
        Console console = new Console(new PrintStream(out), new PrintStream(err), false);
        String[] texts = Stream.of(arguments).map(String::valueOf).toArray(String[]::new);
        return new Main((addresses, home) -> grid, console, Map.of()).run(texts);
    }

    private static WorkerInfo worker(String id, String name, Address gateway) {
        return new WorkerInfo(new NodeId(id), name, "ada", "", 2, 1 << 30, gateway, gateway, 0);
    }

    /** A job that runs and is so far, {@code votes} of it by each of two workers. */
    private JobStatus job(String name, long accepted, long... votes) {
        JobStatus stuck = new FakeGrid()
                .submit(JobRequest.type("echo", Map.of()).named("stuck"))
                .status();
        List<WorkerShare> shares = IntStream.range(0, votes.length)
                .mapToObj(i -> new WorkerShare(new NodeId("abc".substring(i, i + 1)), "w", votes[i], 0, 0))
                .toList();
        JobId id = new JobId(name);
        JobProgress progress =
                new JobProgress(id, JobState.RUNNING, accepted, 200, accepted, 0, 7, 1, 0, 75, "", shares);
        return new JobStatus(named(stuck.record(), id), Optional.of(progress));
    }

    private static JobRecord named(JobRecord record, JobId id) {
        return new JobRecord(
                id,
                record.spec(),
                record.seal(),
                record.state(),
                record.epoch(),
                record.master(),
                record.submittedMillis(),
                record.outcome());
    }

    @Test
    void ratesAreWhatHasHappenedSinceTheLookBefore() {
        List<JobStatus> first = List.of(job("jobone", 10, 10, 20));
        List<JobStatus> second = List.of(job("jobone", 30, 40, 22), job("jobtwo", 4, 0, 8));
        TopView.Seen before = TopView.seen(first, 5 * SECOND);
        TopView view =
                TopView.of(WORKERS, second, Optional.of(before), TopView.seen(second, 7 * SECOND), Instant.EPOCH);
        assertEquals(12.0, view.unitsPerSecond().orElseThrow());
        assertEquals(10.0, view.running().get(0).unitsPerSecond().orElseThrow());
        assertEquals(2.0, view.running().get(1).unitsPerSecond().orElseThrow());
        assertEquals(List.of("ant", "bee"), names(view));
        assertEquals(15.0, view.byWorker().get(0).votesPerSecond().orElseThrow());
        assertEquals(5.0, view.byWorker().get(1).votesPerSecond().orElseThrow());
        assertEquals(40.0 / 70, view.byWorker().get(0).share());
    }

    @Test
    void atTheFirstLookThereIsNoRateAndNoneIsNegative() {
        List<JobStatus> jobs = List.of(job("jobone", 10, 10, 20));
        TopView first = TopView.of(WORKERS, jobs, Optional.empty(), TopView.seen(jobs, 0), Instant.EPOCH);
        assertTrue(first.unitsPerSecond().isEmpty());
        assertTrue(first.byWorker().get(0).votesPerSecond().isEmpty());
        assertEquals(List.of("bee", "ant"), names(first), "who gave more answers comes first");
        List<JobStatus> back = List.of(job("jobone", 5, 5, 5));
        TopView later = TopView.of(
                WORKERS, back, Optional.of(TopView.seen(jobs, 0)), TopView.seen(back, SECOND), Instant.EPOCH);
        assertEquals(0.0, later.unitsPerSecond().orElseThrow());
    }

    private static List<String> names(TopView view) {
        return view.byWorker().stream().map(busy -> busy.worker().name()).toList();
    }

    @ParameterizedTest
    @CsvSource({"80, 24", "40, 12", "200, 60", "20, 5", "1, 1", "80, 3", "80, 9"})
    void noScreenIsTooSmall(int width, int height) {
        List<JobStatus> jobs = IntStream.range(0, 30)
                .mapToObj(i -> job("job" + (char) ('a' + i % 26), i, i))
                .toList();
        List<WorkerInfo> workers = IntStream.range(0, 100)
                .mapToObj(i -> worker("a", "worker " + i, HERE))
                .toList();
        TopView view = TopView.of(workers, jobs, Optional.empty(), TopView.seen(jobs, 0), Instant.EPOCH);
        List<String> lines = TopPage.lines(view, width, height);
        assertTrue(lines.size() <= height, () -> "" + lines);
        assertTrue(lines.stream().allMatch(line -> line.length() <= width), () -> "" + lines);
    }

    @Test
    void whatHasNoRoomIsCounted() {
        List<JobStatus> jobs =
                IntStream.range(0, 20).mapToObj(i -> job("joba", i, i)).toList();
        List<WorkerInfo> workers =
                IntStream.range(0, 20).mapToObj(i -> WORKERS.get(0)).toList();
        TopView view = TopView.of(workers, jobs, Optional.empty(), TopView.seen(jobs, 0), Instant.EPOCH);
        List<String> lines = TopPage.lines(view, 200, 23);
        assertEquals(23, lines.size());
        assertEquals("… 12 more", lines.get(11));
        assertEquals("… 12 more", lines.get(22));
        assertEquals(45, TopPage.lines(view).size(), "where there is room for all, all is shown");
    }

    @Test
    void inLinesWhereThereIsNoScreen() {
        grid.submit(JobRequest.type("echo", Map.of()).named("stuck"));
        assertEquals(0, run("top", "-n", 2, "--interval", "100ms"), err::toString);
        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals(
                2,
                lines.stream()
                        .filter(line -> line.endsWith("1 job running, 0 waiting"))
                        .count());
        assertTrue(lines.get(0).contains("1 core, 0 at the edge, 4 slots; - units/s"), lines.get(0));
        assertEquals(
                2, lines.stream().filter(line -> line.contains("joba  stuck")).count());
        assertTrue(lines.stream().noneMatch(line -> line.contains("\u001b")), "no terminal, no escapes");
    }

    @Test
    void asJson() throws IOException {
        grid.submit(JobRequest.type("echo", Map.of()).named("stuck"));
        assertEquals(0, run("top", "-n", 2, "--interval", "100ms", "--json"), err::toString);
        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals(2, lines.size());
        Map<String, Object> look = JSON.std.mapFrom(lines.get(1));
        assertEquals(1, look.get("cores"));
        assertEquals(0.0, ((Number) look.get("unitsPerSecond")).doubleValue());
        assertEquals("joba", ((Map<?, ?>) ((List<?>) look.get("jobs")).get(0)).get("job"));
        assertEquals("ant", ((Map<?, ?>) ((List<?>) look.get("workers")).get(0)).get("name"));
    }

    @ParameterizedTest
    @CsvSource({"-n, 0", "--interval, 99ms", "--interval, 2h", "--interval, x"})
    void whatCannotBeIsOneSentence(String option, String value) {
        assertEquals(2, run("top", option, value));
        assertEquals(1, err.toString(StandardCharsets.UTF_8).lines().count(), err::toString);
    }
}
