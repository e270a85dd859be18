package io.flockwork.worker.api;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.identity.Credentials;
import io.flockwork.sdk.identity.GridTls;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.identity.Scope;
import io.flockwork.sdk.identity.Token;
import io.flockwork.sdk.serve.Doorway;
import io.flockwork.sdk.web.Callers;
import io.flockwork.sdk.web.Guard;
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
import java.util.Map;
import java.util.Objects;
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
