package io.flockwork.grid;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.identity.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Programs that misbehave, modules that are none, and commands that make no sense get one line that says why; the other
 * units' results stay, and so does the grid. Of two workers a unit's third try goes to one that has failed it before.
 */
class MisuseIT {
    @RegisterExtension
    static final TestGrid GRID = TestGrid.ofWorkers(2);

    /** What no command understands, one on a line. */
    private static final String NONSENSE =
            """
            fly
            --fly
            help fly
            coordinator --port no
            coordinator --port 65536
            coordinator --port -1
            coordinator extra
            worker --slots 0
            worker --slots many
            worker --port 70000
            worker --memory 1
            worker --memory lots
            worker --sandbox on
            worker --grid nowhere
            worker --grid host:99999
            worker --name ''
            worker --saboteur 2
            worker --saboteur NaN
            worker extra
            demo --workers 0
            demo --workers two
            demo --saboteurs 9
            submit
            submit ''
            submit nothing-like-this
            submit primes
            submit primes to=-1
            submit primes to=many
            submit primes to=10 from=20
            submit primes to=10 to=20
            submit primes to=10 =5
            submit primes to=10 colour=red
            submit primes to=10 --range 0..5
            submit echo
            submit echo units=99999999999999999999
            submit wordcount --range 0..10
            submit mandelbrot width=-5
            submit echo --range 5..1
            submit echo --range 1..2..3
            submit echo --range -10^18..9223372036854775807
            submit echo --lines /no/such/file
            submit echo --each
            submit echo --chunks /dev
            submit echo units=1 --quorum 16
            submit echo units=1 --priority 101
            submit echo units=1 --combine average
            submit echo units=1 --unit-time 8d
            submit echo units=1 --unit-memory 1
            submit echo units=1 --unit-memory 99999999999g
            submit echo units=1 --name ''
            submit echo units=1 -o ''
            submit echo units=1 -o /no/such/folder/file
            submit --wasm /no/such/file
            submit --wasm /etc/passwd echo
            submit echo --arg 1
            jobs extra
            jobs --grid ''
            jobs --json=maybe
            job
            job NO!
            job a b
            watch
            watch ../../etc/passwd
            fetch
            fetch NO! -o x
            fetch abc -o /no/such/folder/file
            cancel
            cancel NO!
            workers --grid :1
            doctor --grid a:b:c
            """;

    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = GRID.newFolder();
    }

    private static void theNextJobPasses() throws Exception {
        Ran next = GRID.run("submit", "echo", "units=3", "--wait");
        assertEquals(0, next.code(), next.toString());
        assertEquals("0 1\n1 2\n2 3\n", next.text());
    }

    @ParameterizedTest
    @CsvSource({
        "exit, exit code 3",
        "trap, trap: unreachable instruction",
        "loop, time limit of 1s passed",
        "recurse, call stack exhausted",
        "eat, 'memory limit of 16 MiB reached, then exit code 4'",
        "print, output over 64 MiB",
        "passwd, exit code 8",
        "socket, exit code 58"
    })
    void aUnitMisbehaves(String deed, String cause) throws Exception {
        Path good = Files.writeString(folder.resolve("good.txt"), "good");
        Path bad = Files.writeString(folder.resolve("a bad one.txt"), deed);
        Path fine = Files.writeString(folder.resolve("fine.txt"), "fine");
        Path out = folder.resolve("out");
        List<String> command = new ArrayList<>(List.of("submit", "--wasm", "" + Modules.fixture("moody.wasm")));
        command.addAll(List.of("--each", "" + good, "" + bad, "" + fine, "-o", out + "/"));
        command.addAll(deed.equals("loop") ? List.of("--unit-time", "1s") : List.of("--unit-memory", "16m"));

        Ran ran = GRID.run(command.toArray(String[]::new));

        assertEquals(3, ran.code(), ran.toString());
        assertEquals(List.of("unit 1 (a bad one.txt): " + cause + " after 3 tries"), complaints(ran), ran.toString());
        assertEquals("good", Files.readString(out.resolve("0-good.txt")));
        assertEquals("fine", Files.readString(out.resolve("2-fine.txt")));
        try (Stream<Path> files = Files.list(out)) {
            assertEquals(2, files.count());
        }
        theNextJobPasses();
    }

    @Test
    void aFileThatIsNoModuleIsRefused() throws Exception {
        byte[] module = Files.readAllBytes(Modules.example("upper.wasm"));
        refused("is not a WebAssembly module", Files.writeString(folder.resolve("text"), "hello"));
        refused("is not a WebAssembly module", Files.createFile(folder.resolve("empty")));
        refused("damaged", Files.write(folder.resolve("cut"), Arrays.copyOf(module, module.length / 2)));
        refused("damaged", Files.write(folder.resolve("head"), Arrays.copyOf(module, 20)));
        refused("env.launch", Modules.fixture("stranger.wasm"));
    }

    private static void refused(String why, Path module) throws Exception {
        Ran ran = GRID.run("submit", "--wasm", "" + module, "--range", "0..10", "--wait");
        assertOneSentence(2, ran);
        assertTrue(ran.err().contains(why), ran.toString());
    }

    /** The commands do not reach the grid, or are refused by it. */
    @Test
    void nonsenseGetsOneSentence() throws Exception {
        List<Ran> all = NONSENSE.lines().parallel().map(MisuseIT::ran).toList();

        assertAll(all.stream().map(ran -> () -> assertOneSentence(2, ran)));
        theNextJobPasses();
    }

    /** Words are split at blanks; {@code ''} is the empty word. */
    private static Ran ran(String command) {
        String[] words = Stream.of(command.split(" "))
                .map(word -> word.equals("''") ? "" : word)
                .toArray(String[]::new);
        try {
            return GRID.run(words);
        } catch (IOException | InterruptedException broken) {
            throw new IllegalStateException(broken);
        }
    }

    @Test
    void whatIsNotThereIsNoWrongUsage() throws Exception {
        assertOneSentence(1, GRID.run("job", "aaaaaaaaaaaaaaaa"));
        assertOneSentence(1, GRID.run("fetch", "aaaaaaaaaaaaaaaa"));
        assertOneSentence(1, GRID.run("watch", "aaaaaaaaaaaaaaaa"));
        assertOneSentence(1, GRID.run("cancel", "aaaaaaaaaaaaaaaa"));
        assertOneSentence(1, GRID.run("jobs", "--grid", "127.0.0.1:1", "--dir", "" + folder));
        assertOneSentence(
                1, GRID.run("coordinator", "--port", "" + GRID.entrance().port(), "--dir", "" + folder));
        assertOneSentence(1, GRID.run("coordinator", "--host", "no.such.host.invalid", "--dir", "" + folder));
        Path file = Files.createFile(folder.resolve("file"));
        assertOneSentence(1, GRID.run("coordinator", "--port", "0", "--dir", "" + file));
        assertOneSentence(1, GRID.run("worker", "--grid", "" + GRID.entrance(), "--dir", "" + file));
        String taken = "" + GRID.listed().get(0).gateway().port();
        assertOneSentence(
                1,
                GRID.run(
                        "worker",
                        "--join",
                        GRID.invite(Role.CORE, 1).text(),
                        "--port",
                        taken,
                        "--dir",
                        "" + folder.resolve("w")));
    }

    private static void assertOneSentence(int code, Ran ran) {
        assertEquals(code, ran.code(), ran.toString());
        assertEquals(1, ran.err().lines().count(), ran.toString());
        assertTrue(ran.err().length() > 15 && ran.err().length() < 400, ran.toString());
        assertEquals("", ran.text(), ran.toString());
        assertTrue(!ran.err().contains("Exception") && !ran.err().contains("\tat "), ran.toString());
    }

    /** What standard error says beside the progress. */
    private static List<String> complaints(Ran ran) {
        return ran.err().lines().filter(line -> !line.matches(" *[0-9]+ %, .*")).toList();
    }
}
