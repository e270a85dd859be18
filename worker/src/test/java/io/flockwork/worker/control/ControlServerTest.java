package io.flockwork.worker.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.Code;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.WorkerInfo;
import io.flockwork.worker.lease.AgentStatus.JobStatus;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The agent obeys its machine's user over the socket, and lets nobody else in, nor itself be held up. */
@Timeout(30)
class ControlServerTest {
    private static final long NOW = 1_700_000_000_000L;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    Path dir;

    @TempDir
    Path temporary;

    private final FakeAgent agent = new FakeAgent();
    private ControlServer server;

    @BeforeEach
    void start() throws IOException {
        server = start(dir, NOW, PATIENCE);
    }

    private ControlServer start(Path folder, long now, Duration patience) throws IOException {
        Address address = new Address("127.0.0.1", 7701);
        WorkerInfo self = new WorkerInfo(
                new NodeId(JobId.random(new Random(1)).value()),
                "ant",
                "ada",
                "",
                2,
                1 << 30,
                address,
                address,
                NOW - 1000);
        Clock clock = Clock.fixed(Instant.ofEpochMilli(now), ZoneOffset.UTC);
        return ControlServer.start(
                folder, List.of(temporary), new StatusReport(self, "grid", Role.CORE, agent), clock, patience);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private static Path socketOf(Path folder) {
        return folder.resolve("control").resolve("socket");
    }

    private Map<String, Object> ask(String line) throws IOException {
        return ask(socketOf(dir), line);
    }

    private static Map<String, Object> ask(Path socket, String line) throws IOException {
        try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            client.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
            return JSON.std.mapFrom(Channels.newInputStream(client).readAllBytes());
        }
    }

    @Test
    void tellsWhatTheAgentDoes() throws IOException {
        JobId job = JobId.random(new Random(2));
        agent.jobs = List.of(new JobStatus(job, new Code.Java("echo", Map.of()), true, 5, 3, 2));
        Map<String, Object> status = ask("{\"do\":\"status\"}");
        assertEquals("ant", status.get("name"));
        assertEquals("core", status.get("role"));
        assertEquals(2, status.get("slots"));
        assertEquals(1, status.get("busySlots"));
        assertEquals(7, status.get("unitsDone"));
        assertEquals(2, status.get("unacknowledged"));
        assertEquals(true, status.get("homeReached"));
        assertEquals(false, status.get("paused"));
        assertNull(status.get("idle"));
        Map<?, ?> told = (Map<?, ?>) ((List<?>) status.get("jobs")).get(0);
        assertEquals("job " + job.value(), told.get("name"));
        assertEquals(3, told.get("unitsInHand"));
    }

    @Test
    void pausesAndResumesBeforeItAnswers() throws IOException {
        Map<String, Object> paused = ask("{\"do\":\"pause\"}");
        assertTrue(agent.paused);
        assertEquals("it is paused", paused.get("idle"));
        assertNull(paused.get("pausedUntilMillis"));
        Map<String, Object> resumed = ask("{\"do\":\"resume\"}");
        assertFalse(agent.paused);
        assertEquals(false, resumed.get("paused"));
    }

    @Test
    void aPauseSurvivesARestartAndItsEndDoesNot() throws IOException {
        ask("{\"do\":\"pause\",\"millis\":7200000}");
        server.close();

        agent.paused = false;
        server = start(dir, NOW + 7_199_999, PATIENCE);
        assertTrue(agent.paused);
        assertEquals(NOW + 7_200_000, ((Number) ask("{\"do\":\"status\"}").get("pausedUntilMillis")).longValue());
        server.close();

        server = start(dir, NOW + 7_200_000, PATIENCE);
        assertFalse(agent.paused);
        assertFalse(Files.exists(dir.resolve("paused")));
    }

    @Test
    void aPauseWithoutATimeSurvivesToo() throws IOException {
        ask("{\"do\":\"pause\"}");
        server.close();
        agent.paused = false;
        server = start(dir, NOW + Duration.ofDays(1000).toMillis(), PATIENCE);
        assertTrue(agent.paused);
    }

    @Test
    void aDamagedPauseFileIsAPause() throws IOException {
        server.close();
        Files.writeString(dir.resolve("paused"), "half a numb");
        server = start(dir, NOW, PATIENCE);
        assertTrue(agent.paused);
    }

    @Test
    void whatIsNoRequestIsRefusedInOneSentence() throws IOException {
        for (String bad : List.of("", "nonsense", "[]", "{\"do\":\"dance\"}", "{", "{\"do\":\"pause\",\"millis\":0}")) {
            assertTrue(ask(bad).get("error") instanceof String, bad);
        }
        for (String wrong : List.of("-5", "1e300", "\"2h\"", "99999999999999999999", "1.5", "true")) {
            assertEquals(
                    "a pause lasts from 1 to 315576000000 ms",
                    ask("{\"do\":\"pause\",\"millis\":" + wrong + "}").get("error"));
        }
        assertFalse(agent.paused);
        assertEquals(
                "a request has at most 4096 bytes",
                ask("{\"do\":\"status\",\"x\":\"" + "x".repeat(4096) + "\"}").get("error"));
        assertEquals(false, ask("{\"do\":\"status\"}").get("paused"));
    }

    @Test
    void theSocketIsItsOwnersAlone() throws IOException {
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve("control"))));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(socketOf(dir))));
    }

    @Test
    void aSlowClientIsDropped() throws IOException {
        Path other = Files.createDirectory(dir.resolve("other"));
        ControlServer hasty = start(other, NOW, Duration.ofMillis(50));
        try (SocketChannel slow = SocketChannel.open(UnixDomainSocketAddress.of(socketOf(other)))) {
            slow.write(ByteBuffer.wrap("{\"do\":".getBytes(StandardCharsets.UTF_8)));
            assertEquals(-1, slow.read(ByteBuffer.allocate(1)));
            assertEquals(false, ask(socketOf(other), "{\"do\":\"status\"}").get("paused"));
        }
        hasty.close();
    }

    @Test
    void aFewAtATimeAndTheRestIsTurnedAway() throws IOException {
        List<SocketChannel> idle = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            idle.add(SocketChannel.open(UnixDomainSocketAddress.of(socketOf(dir))));
        }
        try (SocketChannel fifth = SocketChannel.open(UnixDomainSocketAddress.of(socketOf(dir)))) {
            assertEquals(-1, fifth.read(ByteBuffer.allocate(1)));
        }
        for (SocketChannel client : idle) {
            client.close();
        }
        Awaitility.await()
                .ignoreExceptions()
                .until(() -> ask("{\"do\":\"status\"}").get("paused").equals(false));
    }

    @Test
    void theSocketOfAKilledAgentIsInNobodysWay() throws IOException {
        Path other = Files.createDirectories(dir.resolve("killed"));
        Files.createDirectory(other.resolve("control"));
        try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            killed.bind(UnixDomainSocketAddress.of(socketOf(other)));
        }
        assertTrue(Files.exists(socketOf(other)));
        ControlServer next = start(other, NOW, PATIENCE);
        assertEquals(false, ask(socketOf(other), "{\"do\":\"status\"}").get("paused"));
        next.close();
        assertFalse(Files.exists(socketOf(other)));
    }

    @Test
    void aLongFolderHasItsSocketElsewhere() throws IOException {
        Path deep = Files.createDirectories(dir.resolve("deep".repeat(20)).resolve("deeper".repeat(20)));
        Path where = deep.resolve("control").resolve("where");
        ControlServer killed = start(deep, NOW, PATIENCE);
        Path first = Path.of(Files.readString(where));
        assertEquals(temporary, first.getParent().getParent());
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(first.getParent())));
        assertEquals(false, ask(first, "{\"do\":\"status\"}").get("paused"));

        ControlServer next = start(deep, NOW, PATIENCE);
        assertFalse(Files.exists(first.getParent()), "what a killed agent left is removed");
        assertEquals(
                false,
                ask(Path.of(Files.readString(where)), "{\"do\":\"status\"}").get("paused"));
        next.close();
        killed.close();
        try (var left = Files.list(temporary)) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void whereNamesNobodyElsesFolderToBeRemoved() throws IOException {
        server.close();
        Path precious = Files.createDirectory(temporary.resolve("precious"));
        Files.writeString(precious.resolve("socket"), "mine");
        Files.writeString(
                dir.resolve("control").resolve("where"),
                precious.resolve("socket").toString());
        server = start(dir, NOW, PATIENCE);
        assertTrue(Files.exists(precious.resolve("socket")));
    }
}
