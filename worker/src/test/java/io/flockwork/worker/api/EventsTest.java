package io.flockwork.worker.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.identity.Credentials;
import io.flockwork.sdk.identity.GridTls;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.identity.Scope;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.WorkerInfo;
import io.flockwork.worker.TestMembers;
import io.flockwork.worker.gateway.TestCore;
import io.flockwork.worker.mesh.FakeMeshNetwork;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** News come as they happen, and a job's end with its end. */
@Timeout(60)
class EventsTest {
    private final ExecutorService meshThread = Executors.newSingleThreadExecutor();
    private final Credentials ann = TestMembers.credentials(Role.SUBMIT);
    private final String token = Asker.token(ann, Instant.now().plusSeconds(600), EnumSet.of(Scope.READ, Scope.SUBMIT));
    private TestCore core;
    private Asker asker;

    @TempDir
    Path folder;

    @BeforeEach
    void open() throws Exception {
        core = new TestCore(new FakeMeshNetwork(meshThread), "core", folder);
        asker = Asker.anybody(core.address).withToken(token);
    }

    @AfterEach
    void close() {
        core.close();
        meshThread.shutdownNow();
    }

    private Iterator<String> listen(String path) throws Exception {
        HttpClient http = HttpClient.newBuilder()
                .sslContext(new GridTls(ann).context(GridTls.SERVERS))
                .build();
        HttpResponse<Stream<String>> answer = http.send(
                HttpRequest.newBuilder(URI.create("https://" + core.address + Api.PATH + path))
                        .header("authorization", "Bearer " + token)
                        .build(),
                BodyHandlers.ofLines());
        assertEquals(200, answer.statusCode());
        assertEquals(
                "text/event-stream; charset=utf-8",
                answer.headers().firstValue("content-type").orElse(""));
        return answer.body().iterator();
    }

    /** The next data of this event. */
    private static String next(Iterator<String> lines, String event) {
        while (lines.hasNext()) {
            if (lines.next().equals("event: " + event)) {
                return lines.next().substring("data: ".length());
            }
        }
        throw new AssertionError("the stream has ended without " + event);
    }

    private String submit(String name) throws Exception {
        JsonObject job = new JsonObject()
                .put("type", "primes")
                .put("parameters", new JsonObject().put("to", "1000000000000"))
                .put("name", name);
        return new JsonObject(asker.post(Api.PATH + "/jobs", job.encode()).body()).getString("job");
    }

    @Test
    void theGridIsToldAtOnceAndJobsAsTheyChange() throws Exception {
        Iterator<String> lines = listen("/events");
        assertEquals(
                1, new JsonObject(next(lines, "grid")).getJsonObject("workers").getInteger("total"));
        String job = submit("fresh");
        assertTrue(next(lines, "jobs").contains("\"job\":\"" + job + "\""));
    }

    /** A page asks for the workers when it opens; one that goes before the first look would else stand there for ever. */
    @Test
    void whoeverHasAskedBeforeTheFirstLookAsksAgain() throws Exception {
        Iterator<String> lines = listen("/events");
        assertEquals("{\"reload\":true}", next(lines, "workers"));
        core.mesh.connected(volunteer());
        assertTrue(next(lines, "workers").contains("\"name\":\"a volunteer\""));
    }

    private static WorkerInfo volunteer() {
        NodeId id = TestMembers.credentials(Role.EDGE).keys().id();
        return new WorkerInfo(
                id, "a volunteer", "ann", "", 1, 1L << 30, WorkerInfo.NOWHERE, WorkerInfo.NOWHERE, 1_790_000_000_000L);
    }

    @Test
    void aJobsStreamEndsWithTheJob() throws Exception {
        String job = submit("short-lived");
        Iterator<String> lines = listen("/jobs/" + job + "/events");
        assertEquals("short-lived", new JsonObject(next(lines, "job")).getString("name"));
        asker.post(Api.PATH + "/jobs/" + job + "/cancel", "");
        String state = "";
        while (!state.equals("CANCELLED")) {
            state = new JsonObject(next(lines, "job")).getString("state");
        }
        assertTrue(remaining(lines).stream().noneMatch(line -> line.startsWith("event:")), "and nothing after it");
    }

    private static List<String> remaining(Iterator<String> lines) {
        return Stream.generate(() -> lines.hasNext() ? lines.next() : null)
                .takeWhile(line -> line != null)
                .toList();
    }

    @Test
    void whoHasOnlyACertificateMayLookAndHandsInNothing() throws Exception {
        HttpClient http = HttpClient.newBuilder()
                .sslContext(new GridTls(ann).context(GridTls.SERVERS))
                .build();
        URI jobs = URI.create("https://" + core.address + Api.PATH + "/jobs");
        HttpResponse<String> seen = http.send(HttpRequest.newBuilder(jobs).build(), BodyHandlers.ofString());
        assertEquals(200, seen.statusCode(), seen.body());
        HttpResponse<String> refused = http.send(
                HttpRequest.newBuilder(jobs)
                        .POST(HttpRequest.BodyPublishers.ofString("{\"type\":\"echo\",\"list\":[\"aGk=\"]}"))
                        .build(),
                BodyHandlers.ofString());
        assertEquals(403, refused.statusCode(), refused.body());
        assertTrue(refused.body().contains("flockwork token"), refused.body());
    }
}
