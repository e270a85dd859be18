package io.flockwork.worker.gateway;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.flockwork.sdk.identity.Credentials;
import io.flockwork.sdk.identity.GridTls;
import io.flockwork.sdk.identity.Role;
import io.flockwork.worker.TestMembers;
import io.flockwork.worker.mesh.FakeMeshNetwork;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may know how a core is, and that all answers of its gateway are counted. */
class MonitorRoutesTest {
    private static final Duration SHORT = Duration.ofSeconds(20);

    private final ExecutorService meshThread = Executors.newSingleThreadExecutor();
    private TestCore core;

    @TempDir
    Path folder;

    @BeforeEach
    void open() throws IOException {
        core = new TestCore(new FakeMeshNetwork(meshThread), "corea", folder);
    }

    @AfterEach
    void close() {
        core.close();
        meshThread.shutdownNow();
    }

    private HttpResponse<String> get(Credentials who, String path) throws IOException, InterruptedException {
        HttpClient http = HttpClient.newBuilder()
                .sslContext(new GridTls(who).context(GridTls.SERVERS))
                .build();
        return http.send(
                HttpRequest.newBuilder(URI.create("https://" + core.address + path))
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    void healthIsForAllNumbersForThoseTrustedWithTheGrid() throws Exception {
        for (Role role : List.of(Role.CORE, Role.OPERATE, Role.EDGE, Role.SUBMIT)) {
            Credentials who = TestMembers.credentials(role);
            assertEquals("/health", get(who, "/health").body());
            assertEquals("/ready", get(who, "/ready").body());
            boolean trusted = role == Role.CORE || role == Role.OPERATE;
            assertEquals(trusted ? 200 : 403, get(who, "/metrics").statusCode(), role.word());
        }
    }

    @Test
    void allAnswersAreCountedAlsoRefusals() throws Exception {
        Credentials operator = TestMembers.credentials(Role.OPERATE);
        get(operator, "/health");
        get(operator, "/nothing");
        Credentials gone = TestMembers.credentials(Role.OPERATE);
        core.revoke(gone.keys().id());
        assertEquals(401, get(gone, "/metrics").statusCode());
        assertEquals(403, get(gone, "/mesh/cores").statusCode(), "the admission has spoken before");
        await().atMost(SHORT).until(() -> List.copyOf(core.answers).equals(List.of(200, 404, 401, 403)));
    }
}
