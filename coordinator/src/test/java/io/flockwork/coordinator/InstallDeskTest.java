package io.flockwork.coordinator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is served to whoever wants to install, over a real socket. */
@Timeout(30)
class InstallDeskTest {
    private static final String NAME = "flockwork-1-Linux-x86_64.tar.gz";

    @TempDir
    Path folder;

    private final byte[] bytes = new byte[300_000];
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicLong now = new AtomicLong();
    private int port;

    @BeforeEach
    void start() throws IOException {
        new Random(1).nextBytes(bytes);
        Path archive = Files.write(folder.resolve(NAME), bytes);
        Files.writeString(folder.resolve("secret"), "secret");
        Packed packed = new Packed(archive, "1", "00", new Platform("Linux", "x86_64"));
        port = serve(new Distribution(() -> packed, now::get));
    }

    private int serve(Distribution distribution) {
        Router router = Router.router(vertx);
        new InstallDesk(distribution, "", now::get).mount(router);
        HttpServer server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return server.actualPort();
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private HttpResponse<byte[]> ask(String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    @Test
    void theScriptNamesTheAddressThatWasAsked() throws Exception {
        HttpResponse<byte[]> answer = ask("GET", "/install.sh");
        assertEquals(200, answer.statusCode());
        assertTrue(new String(answer.body(), StandardCharsets.UTF_8).contains("url='http://127.0.0.1:" + port + "'"));
        assertEquals(0, ask("HEAD", "/install.sh").body().length);
    }

    @Test
    void theArchiveIsSentWhole() throws Exception {
        HttpResponse<byte[]> answer = ask("GET", "/dist/" + NAME);
        assertEquals(200, answer.statusCode());
        assertArrayEquals(bytes, answer.body());
        HttpResponse<byte[]> head = ask("HEAD", "/dist/" + NAME);
        assertEquals("300000", head.headers().firstValue("content-length").orElseThrow());
        assertEquals(0, head.body().length);
    }

    @Test
    void nothingElseIs() throws Exception {
        for (String path : new String[] {"secret", "..%2fsecret", "%2e%2e/secret", "", NAME + "/x", ".", "%00"}) {
            assertEquals(404, ask("GET", "/dist/" + path).statusCode(), path);
        }
        assertEquals(405, ask("POST", "/dist/" + NAME).statusCode());
    }

    @Test
    void whoAsksTooOftenIsRefusedForAWhile() throws Exception {
        int taken = 0;
        while (ask("HEAD", "/install.sh").statusCode() == 200) {
            taken++;
        }
        assertEquals(50, taken);
        assertEquals(429, ask("GET", "/dist/" + NAME).statusCode());
        now.addAndGet(100_000_000);
        assertEquals(200, ask("HEAD", "/install.sh").statusCode());
        assertEquals(429, ask("HEAD", "/install.sh").statusCode());
    }

    @Test
    void whereThereIsNoneOneSentenceSaysWhy() throws Exception {
        port = serve(new Distribution(
                () -> {
                    throw new IOException("there is no jlink");
                },
                now::get));
        for (String path : new String[] {"/install.sh", "/dist/" + NAME}) {
            HttpResponse<byte[]> answer = ask("GET", path);
            assertEquals(503, answer.statusCode());
            assertEquals(
                    "there is no distribution to install from: there is no jlink\n",
                    new String(answer.body(), StandardCharsets.UTF_8));
        }
    }
}
