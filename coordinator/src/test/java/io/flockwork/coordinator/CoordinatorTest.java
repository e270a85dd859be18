package io.flockwork.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.cli.Command;
import io.flockwork.sdk.identity.Authority;
import io.flockwork.sdk.identity.AuthorityFolder;
import io.flockwork.sdk.identity.Credentials;
import io.flockwork.sdk.identity.GridTls;
import io.flockwork.sdk.identity.NodeKeys;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.Address;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What workers and submitters see of a coordinator over HTTP, and what strangers cannot do to it. */
class CoordinatorTest {
    private final AtomicLong now = new AtomicLong(System.currentTimeMillis());

    @TempDir
    private Path dir;

    private Coordinator coordinator;
    private Member abc;
    private Member xyz;

    @BeforeEach
    void begin() throws IOException {
        start();
        abc = member(Role.CORE);
        xyz = member(Role.CORE);
    }

    private void start() throws IOException {
        coordinator = Coordinator.start(new CoordinatorSettings(dir, freeAddress(), new SteppedClock(now)));
    }

    @AfterEach
    void stop() {
        coordinator.close();
    }

    @Test
    void ofTwentyAtOnceOneFounds() {
        List<CompletableFuture<JsonObject>> answers = IntStream.range(0, 20)
                .mapToObj(i -> member(Role.CORE).announce(7000 + i, "joining"))
                .toList();
        List<JsonObject> told = answers.stream().map(CompletableFuture::join).toList();
        assertEquals(
                1, told.stream().filter(answer -> answer.getBoolean("found")).count());
        assertEquals(
                19, told.stream().filter(answer -> answer.getBoolean("wait")).count());
        assertEquals(
                1,
                told.stream().map(answer -> answer.getString("grid")).distinct().count());
    }

    @Test
    void coresThatAreUpAreListedUntilTheyFallSilent() {
        JsonObject told = abc.announce(7001, "up").join();
        assertFalse(told.getBoolean("found"));
        assertFalse(told.getBoolean("wait"));
        JsonObject listed = told.getJsonArray("cores").getJsonObject(0);
        assertEquals(
                new JsonObject()
                        .put("id", abc.id())
                        .put("gateway", "10.0.0.1:7001")
                        .put("mesh", "10.0.0.1:8001")
                        .put("state", "up"),
                listed);
        JsonObject cores = get("/mesh/cores");
        assertEquals(told.getString("grid"), cores.getString("grid"));
        assertEquals(
                new JsonArray().add(new JsonObject().put("id", abc.id()).put("gateway", "10.0.0.1:7001")),
                cores.getJsonArray("cores"));
        now.addAndGet(Roll.SILENCE_MILLIS + 1);
        assertEquals(new JsonArray(), get("/mesh/cores").getJsonArray("cores"));
    }

    @Test
    void aRestartKeepsTheGridAndWaitsForTheCoresItKnew() throws IOException {
        String grid = abc.announce(7001, "up").join().getString("grid");
        coordinator.close();
        start();
        JsonObject early = xyz.announce(7002, "joining").join();
        assertEquals(grid, early.getString("grid"));
        assertTrue(early.getBoolean("wait"));
        assertEquals("remembered", stateOf(abc.id(), early));
        abc.announce(7001, "up").join();
        JsonObject later = xyz.announce(7002, "joining").join();
        assertFalse(later.getBoolean("wait") || later.getBoolean("found"));
        assertEquals("up", stateOf(abc.id(), later));
    }

    private static String stateOf(String id, JsonObject answer) {
        return answer.getJsonArray("cores").stream()
                .map(JsonObject.class::cast)
                .filter(core -> core.getString("id").equals(id))
                .findFirst()
                .orElseThrow()
                .getString("state");
    }

    @Test
    void aDamagedListOfCoresIsNoObstacle() throws IOException {
        coordinator.close();
        Files.writeString(dir.resolve("cores"), abc.id() + " 10.0.0.1:7001 10.0.0.1:8001\nrubbish\n\n! 1 2\n");
        start();
        assertEquals(
                "remembered", stateOf(abc.id(), xyz.announce(7002, "joining").join()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "7",
                "{}",
                "{\"id\":7}",
                "{\"id\":\"ABC\",\"gateway\":\"h:1\",\"mesh\":\"h:2\",\"state\":\"up\"}",
                "{\"id\":\"abc\",\"gateway\":\"h:0\",\"mesh\":\"h:2\",\"state\":\"up\"}",
                "{\"id\":\"abc\",\"gateway\":\"h:1\",\"mesh\":\"h2\",\"state\":\"up\"}",
                "{\"id\":\"abc\",\"gateway\":\"h:1\",\"mesh\":{},\"state\":\"up\"}",
                "{\"id\":\"abc\",\"gateway\":\"h:1\",\"mesh\":\"h:2\",\"state\":\"dead\"}"
            })
    void aMalformedAnnouncementIsRefusedInOneSentence(String body) {
        refused(400, post(body));
    }

    @Test
    void deepNestingIsRefused() {
        refused(400, post("[".repeat(30_000)));
        refused(400, post("{\"id\":".repeat(10_000)));
    }

    @Test
    void anOversizedBodyIsRefused() {
        refused(413, post("x".repeat((64 << 10) + 1)));
        assertEquals("up", stateOf(abc.id(), abc.announce(7001, "up").join()));
    }

    @Test
    void onlyACoreAnnouncesAndItselfOnly() {
        abc.announce(7001, "up").join();
        HttpRequest.Builder asAbc = request("/mesh/announce")
                .POST(BodyPublishers.ofString("{\"id\":\"" + abc.id()
                        + "\",\"gateway\":\"10.0.0.9:1\",\"mesh\":\"10.0.0.9:2\",\"state\":\"up\"}"));
        assertEquals(403, xyz.status(asAbc));
        assertEquals(403, member(Role.EDGE).status(asAbc));
        assertEquals("up", stateOf(abc.id(), xyz.announce(7002, "joining").join()));
    }

    @Test
    void whoHasNoCertificateOrOneOfAnotherGridSeesNothing() throws Exception {
        HttpClient nobody = HttpClient.newBuilder()
                .sslContext(GridTls.joining(coordinator.grid()))
                .build();
        assertEquals(
                401,
                nobody.send(request("/mesh/cores").GET().build(), BodyHandlers.discarding())
                        .statusCode());
        Credentials own =
                Authority.create(Instant.now()).enrol(NodeKeys.generate(), Role.CORE, "stranger", Instant.now());
        // Trusts this grid, but shows a certificate of its own.
        Credentials stranger = new Credentials(own.keys(), own.certificate(), abc.credentials.authority());
        HttpClient foreign = HttpClient.newBuilder()
                .sslContext(new GridTls(stranger).context(GridTls.SERVERS))
                .build();
        assertThrows(
                IOException.class,
                () -> foreign.send(request("/mesh/cores").GET().build(), BodyHandlers.discarding()));
    }

    @Test
    void otherPathsAndMethodsAreRefused() {
        refused(404, exchange(request("/etc/passwd").GET()));
        refused(405, exchange(request("/mesh/announce").GET()));
        refused(404, exchange(request("/mesh/../grid").GET()));
    }

    @Test
    void aTakenPortIsToldInOneSentence() {
        int taken = coordinator.address().port();
        CoordinatorSettings same =
                new CoordinatorSettings(dir.resolve("other"), new Address("127.0.0.1", taken), Clock.systemUTC());
        IOException refusal = assertThrows(IOException.class, () -> Coordinator.start(same));
        assertEquals("127.0.0.1:" + taken + " is in use by another program", refusal.getMessage());
    }

    @Test
    void twoCoordinatorsDoNotShareAFolder() throws IOException {
        CoordinatorSettings second = new CoordinatorSettings(dir, freeAddress(), new SteppedClock(now));
        String said =
                assertThrows(IOException.class, () -> Coordinator.start(second)).getMessage();
        assertEquals("another coordinator uses " + dir + "; give this one a folder of its own with --dir", said);
        coordinator.close();
        start();
    }

    @Test
    void theCommandLineFindsTheCommand() {
        assertTrue(ServiceLoader.load(Command.class).stream()
                .anyMatch(provider -> provider.type() == CoordinatorCommand.class));
    }

    private void refused(int status, HttpResponse<String> response) {
        assertEquals(status, response.statusCode(), response.body());
        String error = new JsonObject(response.body()).getString("error");
        assertTrue(error.length() > 10 && !error.contains("\n") && !error.contains("Exception"), error);
        assertEquals(200, exchange(request("/mesh/cores").GET()).statusCode(), "it goes on");
    }

    private HttpResponse<String> post(String body) {
        return exchange(request("/mesh/announce").POST(BodyPublishers.ofString(body)));
    }

    private JsonObject get(String path) {
        return new JsonObject(exchange(request(path).GET()).body());
    }

    private HttpResponse<String> exchange(HttpRequest.Builder request) {
        return abc.http.sendAsync(request.build(), BodyHandlers.ofString()).join();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("https://" + coordinator.address() + path));
    }

    private static Address freeAddress() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new Address("127.0.0.1", socket.getLocalPort());
        }
    }

    private Member member(Role role) {
        try {
            Authority authority = AuthorityFolder.open(dir, Instant.now());
            return new Member(authority.enrol(NodeKeys.generate(), role, "tester", Instant.now()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Somebody with a certificate of this grid. */
    private final class Member {
        private final Credentials credentials;
        private final HttpClient http;

        Member(Credentials credentials) {
            this.credentials = credentials;
            this.http = HttpClient.newBuilder()
                    .sslContext(new GridTls(credentials).context(GridTls.SERVERS))
                    .build();
        }

        String id() {
            return credentials.keys().id().value();
        }

        CompletableFuture<JsonObject> announce(int port, String state) {
            String announcement = new JsonObject()
                    .put("id", id())
                    .put("gateway", "10.0.0.1:" + port)
                    .put("mesh", "10.0.0.1:" + (1000 + port))
                    .put("state", state)
                    .encode();
            return http.sendAsync(
                            request("/mesh/announce")
                                    .POST(BodyPublishers.ofString(announcement))
                                    .build(),
                            BodyHandlers.ofString())
                    .thenApply(response -> new JsonObject(response.body()));
        }

        int status(HttpRequest.Builder request) {
            return http.sendAsync(request.build(), BodyHandlers.discarding())
                    .join()
                    .statusCode();
        }
    }

    /** A clock that the test moves. */
    private static final class SteppedClock extends Clock {
        private final AtomicLong millis;

        SteppedClock(AtomicLong millis) {
            this.millis = millis;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis.get());
        }
    }
}
