package io.flockwork.sdk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import io.flockwork.sdk.client.GridException;
import io.flockwork.sdk.client.JobRequest;
import io.flockwork.sdk.model.Assurance;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of the command line: what goes where, exit codes, one sentence for what is wrong and nothing sent. */
class CommandLineTest {
    @TempDir
    Path folder;

    private final FakeGrid grid = new FakeGrid();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Path one;
    private Path two;
    private Path bad;

    @BeforeEach
    void writeFiles() throws IOException {
        one = Files.writeString(folder.resolve("one.txt"), "1\n");
        two = Files.writeString(folder.resolve("two.txt"), "2\n");
        bad = Files.writeString(folder.resolve("bad.txt"), "fail\n");
    }

    private int run(Object... arguments) {
        return run(Map.of(), arguments);
    }

    private int run(Map<String, String> environment, Object... arguments) {
        out.reset();
        err.reset();
        Console console = new Console(new PrintStream(out), new PrintStream(err), false);
        String[] texts = Stream.of(arguments).map(String::valueOf).toArray(String[]::new);
        return new Main((addresses, home) -> grid, console, environment).run(texts);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private List<String> err() {
        return err.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private void assertWrongUsage(String sentence, Object... arguments) {
        assertEquals(2, run(arguments), () -> out() + err());
        assertEquals("", out());
        assertEquals(1, err().size(), () -> "one sentence: " + err());
        assertTrue(err().get(0).contains(sentence), () -> err().get(0));
        assertTrue(err().get(0).contains(" (try: flockwork help"), () -> err().get(0));
    }

    @Test
    void submitPrintsTheIdAndReturns() {
        assertEquals(0, run("submit", "echo", "a=1", "--range", "0..10"));
        assertEquals("joba\n", out());
        assertEquals(List.of(), err());
        assertEquals(
                new JobRequest.Program.Type("echo", Map.of("a", "1")),
                grid.only().request().program());
    }

    @Test
    void waitingWithoutAFilePrintsTheResultAlone() {
        assertEquals(0, run("submit", "--wasm", one, "--range", "-5..15", "--wait"));
        assertEquals("-5 5\n5 15\n", out());
        assertEquals("joba", err().get(0));
    }

    @Test
    void aDashIsStandardOutput() {
        for (String dash : List.of("-", "/dev/stdout")) {
            assertEquals(0, run("submit", "--wasm", one, "--range", "-5..15", "-o", dash));
            assertEquals("-5 5\n5 15\n", out());
        }
        assertFalse(Files.exists(Path.of("-")));
    }

    @Test
    void aLinkStaysALink() throws IOException {
        Path behind = Files.writeString(folder.resolve("behind"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link"), behind);
        assertEquals(0, run("submit", "--wasm", one, "--range", "-5..15", "-o", link));
        assertTrue(Files.isSymbolicLink(link));
        assertEquals("-5 5\n5 15\n", Files.readString(behind));
    }

    @Test
    void eachStopsAtTheNextOptionAndMayBeRepeated() throws IOException {
        Path result = folder.resolve("result");
        assertEquals(0, run("submit", "echo", "--each", two, one, "-o", result, "--each", one, "--priority", "7"));
        assertEquals("2\n1\n1\n", Files.readString(result));
        assertEquals(7, grid.only().request().priority());
        assertEquals("joba\n", out());
    }

    @Test
    void argumentsOfAProgramAreTakenAsTheyStand() {
        assertEquals(0, run("submit", "--wasm", one, "--arg", "-o", "--arg", "--wait", "--arg=x=y", "--range", "0..1"));
        assertEquals(
                new JobRequest.Program.Wasm(one, List.of("-o", "--wait", "x=y")),
                grid.only().request().program());
    }

    @Test
    void aProgramWithNothingToSplitRunsOnce() {
        assertEquals(0, run("submit", "--wasm", one, "--wait"));
        assertEquals(
                1,
                ((JobRequest.Source.Listed) grid.only().request().source().orElseThrow())
                        .units()
                        .size());
    }

    @Test
    void limitsReachTheGrid() {
        run(
                "submit",
                "echo",
                "--range",
                "0..1",
                "--unit-time",
                "90s",
                "--unit-memory",
                "64m",
                "--quorum",
                "3",
                "--unit-fuel",
                "5000000000");
        assertEquals(5_000_000_000L, grid.only().request().limits().fuel());
        assertEquals(90_000, grid.only().request().limits().timeMillis());
        assertEquals(64 << 20, grid.only().request().limits().memoryBytes());
        assertEquals(new Assurance.Quorum(3), grid.only().request().assurance());
    }

    @Test
    void howSureTheAnswersAreToBeReachesTheGrid() {
        run("submit", "echo", "--range", "0..1");
        assertEquals(new Assurance.Lottery(1e-3, 0.05), grid.last().request().assurance());
        run("submit", "echo", "--range", "0..1", "--epsilon", "1e-5");
        assertEquals(new Assurance.Lottery(1e-5, 0.05), grid.last().request().assurance());
        run("submit", "echo", "--range", "0..1", "--strict");
        assertEquals(new Assurance.Lottery(1e-4, 1), grid.last().request().assurance());
    }

    @Test
    void aFolderGetsAFileForEachUnitInOrderOfNames() throws IOException {
        Path results = folder.resolve("results");
        assertEquals(0, run("submit", "echo", "--range", "0..110", "-o", results + "/"));
        try (Stream<Path> files = Files.list(results)) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).sorted().toList();
            assertEquals(11, names.size());
            assertEquals("00-0..10", names.get(0));
            assertEquals("10-100..110", names.get(10));
        }
        assertEquals("100 110\n", Files.readString(results.resolve("10-100..110")));
    }

    @Test
    void aStreamingJobsFilesAreNamedAfterTheirFirstIndex() throws IOException {
        Path results = folder.resolve("results");
        assertEquals(0, run("submit", "echo", "--range", "0..110", "--hold", "30s", "-o", results + "/"));
        assertEquals(Duration.ofSeconds(30), grid.last().request().hold());
        try (Stream<Path> files = Files.list(results)) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).sorted().toList();
            assertEquals(11, names.size());
            assertEquals("010-10..20", names.get(1));
        }
        assertEquals("100 110\n", Files.readString(results.resolve("100-100..110")));
    }

    @Test
    void whoFollowsGetsAFileAndALineForEachUnit() throws IOException {
        run("submit", "echo", "--each", one, bad, two);
        Path results = folder.resolve("results");
        assertEquals(3, run("fetch", "joba", "--follow", "--json", "-o", results + "/"));
        assertEquals("1\n", Files.readString(results.resolve("0-one.txt")));
        assertEquals("2\n", Files.readString(results.resolve("2-two.txt")));
        List<String> lines = out().lines().toList();
        assertEquals(3, lines.size());
        assertTrue(lines.get(0).startsWith("{\"from\":2,\"to\":3,\"inputName\":\"two.txt\",\"file\":"), lines.get(0));
        assertTrue(lines.get(0).contains("\"verified\":true"), lines.get(0));
        assertTrue(
                lines.get(2).contains("\"file\":null,\"verified\":false,\"failure\":\"exit code 3 after 3 tries\""),
                lines.get(2));
        assertTrue(err().contains("unit 1 (bad.txt): exit code 3 after 3 tries"), () -> err().toString());
    }

    @Test
    void aFailedJobSaysWhyInOneLineAndKeepsTheOtherResults() throws IOException {
        Path results = Files.createDirectory(folder.resolve("results"));
        assertEquals(3, run("submit", "echo", "--each", one, bad, two, "-o", results));
        assertEquals(
                List.of("unit 1 (bad.txt): exit code 3 after 3 tries"),
                err().stream().filter(line -> line.contains("exit code")).toList());
        try (Stream<Path> files = Files.list(results)) {
            assertEquals(
                    List.of("0-one.txt", "2-two.txt"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
        assertEquals(3, run("fetch", "joba"));
        assertEquals("1\n2\n", out());
        assertEquals(List.of("unit 1 (bad.txt): exit code 3 after 3 tries"), err());
        assertEquals(3, run("watch", "joba"));
    }

    @Test
    void aCombinedResultIsTheResult() {
        assertEquals(0, run("submit", "echo", "--range", "0..100", "--combine", "sum", "--wait"));
        assertEquals("sum of 10\n", out());
    }

    @Test
    void aRunningJobCannotBeFetched() {
        run("submit", "echo", "--range", "0..10", "--name", "stuck");
        assertEquals(1, run("fetch", "joba", "-o", folder.resolve("x")));
        assertEquals(1, err().size());
        assertFalse(Files.exists(folder.resolve("x")));
        assertEquals(0, run("cancel", "joba"));
        assertEquals(3, run("fetch", "joba"));
        assertEquals(List.of("job joba was cancelled"), err());
    }

    @ParameterizedTest
    @CsvSource({
        "0..10, 0, 10",
        "-5..5, -5, 5",
        "10^3..10^9, 1000, 1000000000",
        "1e3..2E3, 1000, 2000",
        "1_000..1_000_000, 1000, 1000000",
        "7..7, 7, 7"
    })
    void rangesAreWrittenAsPeopleDo(String text, long from, long to) {
        assertEquals(0, run("submit", "echo", "--range", text), () -> err().toString());
        assertEquals(
                new JobRequest.Source.Range(from, to, 0),
                grid.only().request().source().orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "5..", "..5", "9..5", "a..b", "0..10^99", "0..1e40", "1.5..3", "-10^19..1"})
    void badRangesAreRefused(String text) {
        assertWrongUsage("--range", "submit", "echo", "--range", text);
        assertTrue(grid.isUntouched());
    }

    @Test
    void whatIsWrongIsSaidBeforeAnythingIsSent() {
        assertWrongUsage("there is no command 'fly'", "fly");
        assertWrongUsage("Unknown option: '--fly'", "submit", "echo", "--fly");
        assertWrongUsage("there is no file /no/such", "submit", "echo", "--each", one, "/no/such");
        assertWrongUsage("there is no file /no/such", "submit", "--wasm", "/no/such", "--range", "0..1");
        assertWrongUsage("is a directory", "submit", "echo", "--lines", folder);
        assertWrongUsage("--each needs at least one file", "submit", "echo", "--each", "--wait");
        assertWrongUsage("no combiner 'product'", "submit", "echo", "--combine", "product");
        assertWrongUsage("--quorum", "submit", "echo", "--quorum", "0");
        assertWrongUsage("--quorum", "submit", "echo", "--quorum", "two");
        assertWrongUsage("--epsilon must be from", "submit", "echo", "--epsilon", "0");
        assertWrongUsage("--epsilon must be from", "submit", "echo", "--epsilon", "NaN");
        assertWrongUsage("'few' is not", "submit", "echo", "--epsilon", "few");
        assertWrongUsage("not both", "submit", "echo", "--epsilon", "0.1", "--quorum", "2");
        assertWrongUsage("--unit-time must be from 1ms to 7d", "submit", "echo", "--unit-time", "0s");
        assertWrongUsage(
                "--unit-fuel must be from 1 to 1000000000000000000, not 0", "submit", "echo", "--unit-fuel", "0");
        assertWrongUsage("--hold must be from 1ms to 30d", "submit", "echo", "--hold", "0s");
        assertWrongUsage("--hold must be from 1ms to 30d", "submit", "echo", "--hold", "31d");
        assertWrongUsage("--follow writes a file for each unit", "fetch", "joba", "--follow");
        assertWrongUsage("--json goes with --follow", "fetch", "joba", "--json");
        assertWrongUsage("more than any machine has", "submit", "echo", "--unit-memory", "17179869185g");
        assertWrongUsage("'soon' is not a duration", "submit", "echo", "--unit-time", "soon");
        assertWrongUsage("is not a size", "submit", "echo", "--unit-memory", "much");
        assertWrongUsage("--size goes with --chunks", "submit", "echo", "--size", "1m");
        assertWrongUsage("--size must be", "submit", "echo", "--chunks", one, "--size", "0");
        assertWrongUsage("'two' is not a whole number (", "submit", "echo", "--quorum", "two");
        assertWrongUsage("there is no command 'fly' (", "help", "fly");
        assertWrongUsage("Invalid value for ID: not a job id", "job", "NO!");
        assertWrongUsage("mutually exclusive", "submit", "echo", "--lines", one, "--range", "0..1");
        assertWrongUsage("not both", "submit", "echo", "--wasm", one);
        assertWrongUsage("what should run?", "submit");
        assertWrongUsage("cannot write", "submit", "echo", "-o", "/no/such/folder/file");
        assertWrongUsage("HOST:PORT", "jobs", "--grid", "nowhere");
        assertWrongUsage("not a job id", "job", "NO!");
        assertWrongUsage("key=value", "submit", "echo", "nonsense");
        assertTrue(grid.isUntouched());
    }

    @Test
    void whatTheGridRefusesIsWrongUsageAndWhatItLacksIsNot() {
        assertEquals(2, run("submit", "fly"));
        assertEquals(1, err().size(), () -> "one sentence: " + err());
        assertTrue(err().get(0).contains("there is no job type 'fly'"), () -> err().get(0));
        assertEquals(1, run("job", "zzz"));
        assertEquals(List.of("there is no job zzz"), err());
    }

    @Test
    void aGridOutOfReachIsOneSentence() {
        Console console = new Console(new PrintStream(out), new PrintStream(err), false);
        Main main = new Main(
                (addresses, home) -> {
                    throw new GridException(GridException.Kind.UNREACHABLE, "nobody at " + addresses + "\nno");
                },
                console,
                Map.of("FLOCKWORK_GRID", "a:1,b:2"));
        assertEquals(1, main.run("jobs"));
        assertEquals(List.of("nobody at [a:1, b:2] no"), err());
        assertEquals(1, main.run("doctor"));
        assertTrue(out().contains("cores"), this::out);
    }

    @Test
    void theEnvironmentGivesDefaults() {
        assertEquals(0, run(Map.of("FLOCKWORK_QUORUM", "5"), "submit", "echo", "--range", "0..1"));
        assertEquals(new Assurance.Quorum(5), grid.only().request().assurance());
    }

    @Test
    void workersShowHowTheirAnswersFaredAndAnOperatorPardons() throws IOException {
        assertEquals(0, run("workers"));
        String[] lines = out().strip().split("\n");
        assertTrue(lines[1].strip().matches(".*banned +75.0% +1"), lines[1]);
        run("workers", "--json");
        assertTrue(out().contains("\"standing\":\"banned\"") && out().contains("\"from\":4"), this::out);
        assertEquals(2, run("pardon", "nobody"));
        assertTrue(err().get(0).startsWith("the grid has judged no answer of a worker nobody"), err().get(0));
        assertEquals(0, run("pardon", FakeGrid.WORKER.value().substring(0, 3)));
        assertTrue(out().endsWith("is on probation again\n"), this::out);
        run("workers");
        assertTrue(out().strip().endsWith("0"), this::out);
    }

    @Test
    void whatReadsPrintsTablesOrJson() throws IOException {
        run("submit", "echo", "--each", one, bad, "--name", "two files");
        assertEquals(0, run("jobs"));
        assertTrue(out().startsWith("JOB   NAME       STATE"), this::out);
        assertTrue(out().contains("joba  two files  FAILED"), this::out);
        assertEquals(0, run("job", "joba"));
        assertTrue(out().contains("3 tries; its last words: " + "x".repeat(70) + " is no number\n"), this::out);
        assertTrue(out().contains("OUTVOTED") && out().contains("ant") && out().contains("bad.txt"), this::out);
        assertEquals(0, run("workers"));
        assertTrue(out().contains("127.0.0.1:7701"), this::out);

        assertEquals(0, run("jobs", "--json"));
        assertEquals("FAILED", JSON.std.mapFrom(out()).get("state"));
        assertEquals(0, run("job", "joba", "--json"));
        assertEquals(1, ((List<?>) JSON.std.mapFrom(out()).get("failedUnits")).size());
        assertEquals(0, run("workers", "--json"));
        assertEquals("ant", JSON.std.mapFrom(out()).get("name"));
        assertEquals(0, run("submit", "echo", "--range", "0..1", "--json"));
        assertEquals("jobb", JSON.std.mapFrom(out()).get("job"));
        assertEquals(0, run("watch", "jobb", "--json"));
        for (String line : out().lines().toList()) {
            assertEquals("jobb", JSON.std.mapFrom(line).get("job"));
        }
    }

    @Test
    void helpIsThere() {
        assertEquals(0, run());
        assertTrue(out().contains("submit") && out().contains("demo"), this::out);
        assertEquals(0, run("help", "submit"));
        assertTrue(out().contains("--wasm"), this::out);
        assertEquals(0, run("submit", "--help"));
        assertTrue(out().contains("--wasm"), this::out);
        assertEquals(0, run("--version"));
        assertTrue(out().startsWith("flockwork "), this::out);
    }
}
