package io.flockwork.sdk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What status, pause and resume say to an agent and to a person. */
@Timeout(30)
class AgentCommandsTest {
    private static final String IDLE = "{\"name\":\"ant\",\"id\":\"abc\",\"pid\":1,\"grid\":\"g\",\"role\":\"core\","
            + "\"sinceMillis\":0,\"slots\":2,\"busySlots\":0,\"unitsDone\":7,\"unacknowledged\":1,"
            + "\"home\":\"h:1\",\"homeReached\":false,\"paused\":false,\"pausedUntilMillis\":null,"
            + "\"idle\":\"no core is reached\",\"jobs\":[{\"id\":\"j\",\"name\":null,\"type\":\"wasm\","
            + "\"unitsDone\":5,\"unitsInHand\":0,\"unacknowledged\":1}]}";

    @TempDir
    Path home;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Path control;

    @BeforeEach
    void makeFolder() throws IOException {
        control = Files.createDirectories(home.resolve("worker").resolve("control"));
    }

    private int run(String... arguments) {
        Console console = new Console(new PrintStream(out), new PrintStream(err), false);
        Main main = new Main((addresses, dir) -> new FakeGrid(), console, Map.of("FLOCKWORK_HOME", home.toString()));
        return main.run(arguments);
    }

    /** Runs the command beside an agent that answers once; returns what it was asked. */
    private Map<String, Object> runBesideAgent(Path socket, String answer, int code, String... arguments)
            throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            CompletableFuture<String> asked = CompletableFuture.supplyAsync(() -> answerOnce(server, answer));
            assertEquals(code, run(arguments), () -> out + " " + err);
            return JSON.std.mapFrom(asked.join());
        }
    }

    private static String answerOnce(ServerSocketChannel server, String answer) {
        try (SocketChannel client = server.accept()) {
            String line = new BufferedReader(Channels.newReader(client, StandardCharsets.UTF_8)).readLine();
            client.write(ByteBuffer.wrap((answer + "\n").getBytes(StandardCharsets.UTF_8)));
            return line;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private Path socket() {
        return control.resolve("socket");
    }

    @Test
    void statusForPeople() throws IOException {
        assertEquals(Map.of("do", "status"), runBesideAgent(socket(), IDLE, 0, "status"));
        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals("worker         ant (abc), process 1", lines.get(0));
        assertTrue(lines.contains("state          idle: no core is reached"), out.toString());
        assertTrue(lines.contains("home core      h:1 (not reached)"), out.toString());
        assertEquals("j    -     wasm  5     0        1", lines.get(lines.size() - 1));
    }

    @Test
    void statusForPrograms() throws IOException {
        runBesideAgent(socket(), IDLE, 0, "status", "--json");
        assertEquals(JSON.std.mapFrom(IDLE), JSON.std.mapFrom(out.toString(StandardCharsets.UTF_8)));
    }

    @Test
    void aSocketElsewhereIsFound() throws IOException {
        Path far = home.resolve("far");
        Files.writeString(control.resolve("where"), far.toString());
        runBesideAgent(far, IDLE, 0, "status", "--dir", home.resolve("worker").toString());
    }

    @Test
    void pauseForATime() throws IOException {
        String paused = IDLE.replace("\"paused\":false,\"pausedUntilMillis\":null", "\"paused\":true");
        assertEquals(Map.of("do", "pause", "millis", 7_200_000), runBesideAgent(socket(), paused, 0, "pause", "2h"));
        assertEquals("paused until told to resume\n", out.toString());
    }

    @Test
    void pauseAndResumeWithoutMore() throws IOException {
        assertEquals(Map.of("do", "pause"), runBesideAgent(socket(), IDLE, 0, "pause"));
        Files.delete(socket());
        assertEquals(Map.of("do", "resume"), runBesideAgent(socket(), IDLE, 0, "resume"));
    }

    @Test
    void noAgentIsOneSentence() throws IOException {
        for (String command : List.of("status", "pause", "resume")) {
            err.reset();
            assertEquals(1, run(command));
            assertEquals("no worker runs in " + home.resolve("worker") + ", or it is another user's\n", err.toString());
        }
        try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            killed.bind(UnixDomainSocketAddress.of(socket()));
        }
        assertEquals(1, run("status"), "its socket is still there");
    }

    @Test
    void anAgentsComplaintIsPassedOn() throws IOException {
        runBesideAgent(socket(), "{\"error\":\"the agent is tired\"}", 1, "status");
        assertEquals("the agent is tired\n", err.toString());
    }

    @Test
    void wrongTimesAreWrongUsage() {
        for (String time : Arrays.asList("0s", "99999d", "soon")) {
            assertEquals(2, run("pause", time), time);
        }
    }
}
