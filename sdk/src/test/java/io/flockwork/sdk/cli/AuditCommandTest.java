package io.flockwork.sdk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.proof.ProofWorld;
import io.flockwork.sdk.wire.ProofBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code flockwork audit}: what it prints, what it takes for results, and its exit codes. No grid is there. */
class AuditCommandTest {
    private static final String GRID = ProofWorld.AUTHORITY.grid().value();

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final ProofWorld world = new ProofWorld(3);
    private Path proof;

    @BeforeEach
    void vote() throws IOException {
        world.votes("ann", 0, 1, 2);
        world.votes("bob", 0, 1);
        world.lies("cyd", 1, "nonsense");
        proof = folder.resolve("proof");
        write();
    }

    private void write() throws IOException {
        Files.write(proof, ProofBytes.of(world));
    }

    private int audit(Object... options) {
        out.reset();
        err.reset();
        Console console = new Console(new PrintStream(out), new PrintStream(err), false);
        Main main = new Main(
                (addresses, home) -> {
                    throw new AssertionError("no grid is asked");
                },
                console,
                Map.of("FLOCKWORK_HOME", folder.resolve("home").toString()));
        return main.run(Stream.concat(Stream.of("audit", proof, "--authority", GRID), Stream.of(options))
                .map(String::valueOf)
                .toArray(String[]::new));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8).strip();
    }

    @Test
    void onePageSaysWhatTheResultsRestOn() {
        assertEquals(0, audit(), err());
        assertTrue(out().matches("(?s).*votes +6 of 3 workers\n.*"), out());
        assertTrue(out().matches("(?s).*operators +ann, bob, cyd\n.*"), out());
        assertTrue(out().matches("(?s).*lone votes +1 units rest on one voter\n.*"), out());
        assertTrue(out().matches("(?s).*1\\.\\.2 +2 +" + world.worker("cyd") + "\n.*"), out());
        assertEquals("", err());
    }

    @Test
    void jsonIsOneObject() {
        assertEquals(0, audit("--json"));
        assertEquals(1, out().lines().count());
        assertTrue(out().contains("\"sound\":true") && out().contains("\"lone\":1"), out());
    }

    @Test
    void whatIsWrongIsOneLineAndExitCodeOne() throws IOException {
        world.batches.remove(2);
        world.votes("cyd", 2);
        write();
        assertEquals(1, audit());
        assertTrue(err().startsWith("votes of worker " + world.worker("cyd").brief() + " are missing"), err());
        assertTrue(out().endsWith("NOT SOUND: these results do not rest on the votes of the grid's members\n"), out());
        assertEquals(1, audit("--json"));
        assertTrue(out().contains("\"sound\":false"), out());
    }

    @Test
    void aFileOfAllResultsIsComparedWithTheVotes() throws IOException {
        Path file = folder.resolve("results");
        Files.writeString(file, ProofWorld.text(0) + ProofWorld.text(1) + ProofWorld.text(2));
        assertEquals(0, audit("--results", file), err());
        Files.writeString(file, ProofWorld.text(0) + ProofWorld.text(2) + ProofWorld.text(2));
        assertEquals(1, audit("--results", file));
        assertEquals("the result of unit 1..2 is not the one that was voted on", err());
        Files.writeString(file, ProofWorld.text(0) + ProofWorld.text(1) + ProofWorld.text(2) + "more");
        assertEquals(1, audit("--results", file));
        assertEquals("the file holds more than the results", err());
        Files.writeString(file, ProofWorld.text(0));
        assertEquals(1, audit("--results", file));
    }

    @Test
    void aFolderOfResultsIsComparedWithTheVotes() throws IOException {
        Path results = Files.createDirectory(folder.resolve("results"));
        for (int i = 0; i < 3; i++) {
            Files.writeString(results.resolve(i + (i == 1 ? "-one.txt" : "")), ProofWorld.text(i));
        }
        assertEquals(0, audit("--results", results), err());
        Files.writeString(results.resolve("3"), "more");
        assertEquals(1, audit("--results", results));
        Files.delete(results.resolve("3"));
        Files.delete(results.resolve("2"));
        assertEquals(1, audit("--results", results));
        assertEquals("the result of unit 2..3 is not there", err());
    }

    @Test
    void misuseIsExitCodeTwoAndWhatIsNoProofIsOne() throws IOException {
        assertEquals(2, audit("--referee", "nobody"));
        assertEquals(1, audit("--results", folder.resolve("nowhere")));
        Files.writeString(proof, "no proof at all");
        assertEquals(1, audit());
        assertEquals(proof + ": not a proof of results, or of another version", err());
    }

    @Test
    void whoIsNotLoggedInIsToldSo() {
        out.reset();
        err.reset();
        Console console = new Console(new PrintStream(out), new PrintStream(err), false);
        Main main = new Main((addresses, home) -> null, console, Map.of("FLOCKWORK_HOME", folder.toString()));
        assertEquals(1, main.run("audit", proof.toString()));
        assertTrue(err().startsWith("not logged in"), err());
    }
}
