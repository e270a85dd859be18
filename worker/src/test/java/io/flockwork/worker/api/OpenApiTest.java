package io.flockwork.worker.api;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.identity.Credentials;
import io.flockwork.sdk.identity.GridTls;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.identity.Scope;
import io.flockwork.sdk.identity.Token;
import io.flockwork.sdk.model.Assurance;
import io.flockwork.sdk.model.Code;
import io.flockwork.sdk.model.Guarantee;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.model.JobSpec;
import io.flockwork.sdk.model.JobState;
import io.flockwork.sdk.model.Limits;
import io.flockwork.sdk.model.NamedBlob;
import io.flockwork.sdk.model.Outcome;
import io.flockwork.sdk.model.Recipe;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.serve.Doorway;
import io.flockwork.sdk.web.Callers;
import io.flockwork.sdk.web.Guard;
import io.flockwork.sdk.wire.ResultList.Body;
import io.flockwork.sdk.wire.ResultList.Entry;
import io.flockwork.sdk.wire.ResultPage;
import io.flockwork.worker.TestMembers;
import io.flockwork.worker.gateway.TestCore;
import io.flockwork.worker.mesh.FakeMeshNetwork;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.validation.ResponseValidator;
import io.vertx.openapi.validation.ValidatableResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The document says what there is, and what there is answers as the document says. */
class OpenApiTest {
    private final ExecutorService meshThread = Executors.newSingleThreadExecutor();
    private final Vertx vertx = Vertx.vertx();
    private final Credentials operator = TestMembers.credentials(Role.OPERATE);
    private final String token = Token.mint(
                    operator, Scope.of(Role.OPERATE), Instant.now().plusSeconds(600))
            .text();
    private TestCore core;
    private OpenAPIContract contract;

    @TempDir
    Path folder;

    @BeforeEach
    void open() throws IOException {
        core = new TestCore(new FakeMeshNetwork(meshThread), "core", folder);
        Path copy = folder.resolve("openapi.yaml");
        try (InputStream document = Api.class.getResourceAsStream("openapi.yaml")) {
            String text = new String(Objects.requireNonNull(document).readAllBytes(), StandardCharsets.UTF_8);
            Files.writeString(copy, inTheParsersWords(text));
        }
        contract = OpenAPIContract.from(vertx, copy.toString())
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    /** The parser wants a whole address, where the document is at home wherever it is served, and knows few media types. */
    private static String inTheParsersWords(String document) {
        return mediaTypes(document.replace("url: /api/v1", "url: https://127.0.0.1/api/v1"));
    }

    private static String mediaTypes(String text) {
        return text.replace("application/problem+json", "application/json")
                .replace("application/offset+octet-stream", "application/octet-stream")
                .replace("text/event-stream", "text/plain")
                .replace("application/yaml", "text/plain");
    }

    @AfterEach
    void close() {
        core.close();
        meshThread.shutdownNow();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private Set<String> served() {
        Router router = Router.router(vertx);
        Callers callers = new Callers(core.parts.tls(), false, core.parts.clock());
        Guard guard = new Guard(callers, System::nanoTime);
        Api.mount(
                router,
                vertx,
                new Doorway(Duration.ofMinutes(1), Duration.ofMinutes(1)),
                core.parts,
                callers,
                guard,
                (member, bytes) -> true);
        Router api = router.getRoutes().stream()
                .map(Route::getSubRouter)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
        Set<String> served = new TreeSet<>();
        for (Route route : api.getRoutes()) {
            if (route.getPath() != null) {
                String path = route.getPath().replaceAll(":([a-z]+)", "{$1}");
                route.methods().forEach(method -> served.add(method + " " + path));
            }
        }
        return served;
    }

    @Test
    void whatIsServedIsDescribedAndWhatIsDescribedIsServed() {
        Set<String> described = contract.operations().stream()
                .map(operation -> operation.getHttpMethod() + " " + operation.getOpenAPIPath())
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(described, served());
    }

    private HttpResponse<String> ask(HttpMethod method, String path, String body)
            throws IOException, InterruptedException {
        HttpClient http = HttpClient.newBuilder()
                .sslContext(new GridTls(operator).context(GridTls.SERVERS))
                .build();
        return http.send(
                HttpRequest.newBuilder(URI.create("https://" + core.address + Api.PATH + path))
                        .header("authorization", "Bearer " + token)
                        .method(method.name(), body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private void assertAsDescribed(HttpMethod method, String path, String body, int status) throws Exception {
        HttpResponse<String> answer = ask(method, path, body);
        assertEquals(status, answer.statusCode(), method + " " + path + ": " + answer.body());
        Operation operation = contract.findOperation(Api.PATH + path.replaceAll("\\?.*", ""), method);
        String type = mediaTypes(answer.headers().firstValue("content-type").orElse(""))
                .replaceAll(";.*", "");
        ResponseValidator.create(vertx, contract)
                .validate(
                        ValidatableResponse.create(status, Map.of(), Buffer.buffer(answer.body()), type),
                        operation.getOperationId())
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @Test
    void answersAreAsDescribed() throws Exception {
        HttpResponse<String> submitted = ask(
                HttpMethod.POST,
                "/jobs",
                "{\"type\":\"primes\",\"parameters\":{\"to\":\"1000000000000\"},\"name\":\"n\"}");
        assertEquals(201, submitted.statusCode(), submitted.body());
        String job = new JsonObject(submitted.body()).getString("job");
        String worker = core.parts.self().id().value();
        await().until(() -> ask(HttpMethod.GET, "/jobs/" + job + "/finals", "").statusCode() == 200);
        assertAsDescribed(HttpMethod.GET, "/jobs/" + job + "/finals?wait=0&most=5", "", 200);
        for (String path : new String[] {
            "/session",
            "/grid",
            "/grid/history",
            "/jobs",
            "/jobs?state=RUNNING&limit=1",
            "/jobs/" + job,
            "/job-types",
            "/workers",
            "/workers?sort=-slots",
            "/workers/" + worker,
            "/verification",
            "/credit?by=team"
        }) {
            assertAsDescribed(HttpMethod.GET, path, "", 200);
        }
        assertAsDescribed(HttpMethod.POST, "/blobs?name=a.txt", "some text", 201);
        assertAsDescribed(
                HttpMethod.PUT, "/jobs/abcdefgh", "{\"type\":\"echo\",\"list\":[\"aGk=\"],\"hold\":\"30s\"}", 201);
        assertAsDescribed(HttpMethod.POST, "/jobs/" + job + "/cancel", "", 200);
        assertAsDescribed(HttpMethod.GET, "/jobs/" + job + "/map", "", 200);
        assertAsDescribed(HttpMethod.GET, "/jobs/" + job + "/units?limit=2", "", 200);
        assertAsDescribed(HttpMethod.GET, "/jobs/" + job + "/finals?after=7", "", 200);
        assertAsDescribed(HttpMethod.POST, "/workers/" + worker + "/pardon", "", 400);
        core.strike(core.parts.self().id());
        assertAsDescribed(HttpMethod.GET, "/workers/" + worker, "", 200);
        assertAsDescribed(HttpMethod.POST, "/workers/" + worker + "/pardon", "", 200);
    }

    @Test
    void finalResultsAreAsDescribed() throws Exception {
        byte[] large = new byte[100_000];
        NamedBlob stored = core.swarm.publish("large", new ByteArrayInputStream(large));
        byte[] list = ResultPage.encode(List.of(
                result(0, 3, Optional.of(new Body.Inline(new byte[] {-5, -1, 7, 7}))),
                result(1, 1, Optional.of(new Body.Stored(stored.blob(), stored.size()))),
                result(2, 4, Optional.empty()),
                result(3, 2, Optional.of(new Body.Inline(new byte[0])))));
        NamedBlob results = core.swarm.publish("results", new ByteArrayInputStream(list));
        JobId job = new JobId("abcdefgh");
        JobSpec spec = new JobSpec(
                "echo",
                new Code.Java("echo", Map.of()),
                new Recipe.Range(0, 4, 1),
                "",
                Assurance.DEFAULT,
                Limits.DEFAULT,
                10);
        Outcome outcome = new Outcome("unit 2", Optional.of(results), Optional.empty(), 0, Guarantee.SMALL_JURY, 1_000);
        core.mesh
                .create(new JobRecord(
                        job,
                        spec,
                        TestMembers.seal(job, spec),
                        JobState.FAILED,
                        1,
                        Optional.empty(),
                        0,
                        Optional.of(outcome)))
                .toCompletableFuture()
                .join();

        assertAsDescribed(HttpMethod.GET, "/jobs/" + job + "/finals?after=1", "", 200);
        JsonObject first = json("/jobs/" + job + "/finals?most=2");
        assertEquals(List.of(1, 3), starts(first));
        assertFalse(first.getBoolean("ended"));
        JsonObject next = json("/jobs/" + job + "/finals?most=2&after=" + first.getLong("after"));
        assertEquals(List.of(0, 2), starts(next));
        assertTrue(next.getBoolean("ended"));
        String output = next.getJsonArray("results").getJsonObject(0).getString("output");
        assertArrayEquals(new byte[] {-5, -1, 7, 7}, Base64.getDecoder().decode(output));
        assertEquals(
                large.length,
                ask(HttpMethod.GET, "/jobs/" + job + "/finals/1", "").body().length());
        assertAsDescribed(HttpMethod.GET, "/jobs/" + job + "/finals/4", "", 404);
        assertAsDescribed(HttpMethod.GET, "/jobs/" + job + "/finals/77", "", 404);
        assertAsDescribed(HttpMethod.GET, "/jobs/" + job + "/finals/none", "", 404);
        assertAsDescribed(HttpMethod.GET, "/jobs/" + job + "/finals?most=0", "", 400);
        assertAsDescribed(HttpMethod.GET, "/jobs/" + job + "/finals?after=-1", "", 400);
    }

    private JsonObject json(String path) throws Exception {
        return new JsonObject(ask(HttpMethod.GET, path, "").body());
    }

    private static List<Integer> starts(JsonObject page) {
        return page.getJsonArray("results").stream()
                .map(result -> ((JsonObject) result).getInteger("from"))
                .toList();
    }

    private static Entry result(long from, long sequence, Optional<Body> body) {
        String failure = body.isPresent() ? "" : "exit code 3";
        return new Entry(new Span(from, from + 1), "", failure, new byte[0], body, sequence, failure.isEmpty());
    }

    @Test
    void refusalsAreProblemsAsDescribed() throws Exception {
        assertAsDescribed(HttpMethod.GET, "/jobs/nosuchjob", "", 404);
        assertAsDescribed(HttpMethod.GET, "/jobs?limit=0", "", 400);
        assertAsDescribed(HttpMethod.POST, "/jobs", "{\"type\":\"echo\",\"list\":[\"aGk=\"],\"hold\":\"0s\"}", 400);
        assertAsDescribed(HttpMethod.POST, "/jobs", "{\"type\":\"echo\",\"list\":[\"aGk=\"],\"hold\":\"99d\"}", 400);
        assertAsDescribed(HttpMethod.GET, "/workers?sort=colour", "", 400);
        assertAsDescribed(HttpMethod.POST, "/jobs", "{\"type\":\"primes\",\"colour\":1}", 400);
        assertAsDescribed(HttpMethod.POST, "/jobs", "not json", 400);
        assertTrue(ask(HttpMethod.POST, "/jobs", "{\"type\":\"primes\",\"colour\":1}")
                .body()
                .contains("a job has no field 'colour'"));
    }
}
