package io.flockwork.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.client.Enrolment;
import io.flockwork.sdk.client.GridException;
import io.flockwork.sdk.identity.GridTls;
import io.flockwork.sdk.identity.JoinLink;
import io.flockwork.sdk.identity.NodeKeys;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.Address;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a coordinator is, in the clear on its own machine and over TLS, and to whom it says that. */
class MonitorRoutesTest {
    @TempDir
    private Path dir;

    private Coordinator coordinator;
    private Registry registry;
    private InetSocketAddress metrics;

    @BeforeEach
    void start() throws IOException {
        metrics = new InetSocketAddress(InetAddress.getLoopbackAddress(), freePort());
        Address address = new Address("127.0.0.1", freePort());
        coordinator = Coordinator.start(new CoordinatorSettings(
                dir, address, address, Optional.empty(), false, Clock.systemUTC(), Optional.of(metrics)));
        registry = Registry.existing(dir, Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        coordinator.close();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private HttpResponse<String> get(HttpClient as, String path) {
        return ask(as, "https://" + coordinator.address() + path);
    }

    private HttpResponse<String> local(String path) {
        return ask(HttpClient.newHttpClient(), "http://127.0.0.1:" + metrics.getPort() + path);
    }

    private static HttpResponse<String> ask(HttpClient as, String address) {
        return as.sendAsync(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString())
                .join();
    }

    private HttpClient stranger() {
        return HttpClient.newBuilder()
                .sslContext(GridTls.joining(coordinator.grid()))
                .build();
    }

    private HttpClient member(Role role) {
        return HttpClient.newBuilder()
                .sslContext(new GridTls(registry.authority().enrol(NodeKeys.generate(), role, "tester", Instant.now()))
                        .context(GridTls.SERVERS))
                .build();
    }

    @Test
    void anybodyMayKnowThatItIsWellOperatorsAndCoresTheNumbers() {
        assertEquals("{\"alive\":true}\n", get(stranger(), "/health").body());
        assertEquals("{\"ready\":true}\n", get(stranger(), "/ready").body());
        assertEquals(401, get(stranger(), "/metrics").statusCode());
        assertEquals(403, get(member(Role.SUBMIT), "/metrics").statusCode());
        assertEquals(403, get(member(Role.EDGE), "/metrics").statusCode());
        assertEquals(200, get(member(Role.OPERATE), "/metrics").statusCode());
        String numbers = get(member(Role.CORE), "/metrics").body();
        assertTrue(numbers.contains("\nflockwork_coordinator_requests_total{status=\"403\"} 2.0\n"), numbers);
        assertTrue(numbers.contains("\nflockwork_node{role=\"coordinator\"} 1.0\n"), numbers);
    }

    @Test
    void whoJoinedAndWhoWasRefused() throws IOException {
        JoinLink link = registry.invite(
                new Terms(Role.EDGE, false, "tester", 1, Duration.ofHours(1)).from(System.currentTimeMillis()));
        Enrolment.join(link, dir.resolve("one"), "");
        assertThrows(GridException.class, () -> Enrolment.join(link, dir.resolve("two"), ""));
        String numbers = local("/metrics").body();
        assertTrue(numbers.contains("\nflockwork_enrolments_total{outcome=\"joined\"} 1.0\n"), numbers);
        assertTrue(numbers.contains("\nflockwork_enrolments_total{outcome=\"refused\"} 1.0\n"), numbers);
        assertTrue(numbers.contains("\nflockwork_members{role=\"edge\"} 1.0\n"), numbers);
        assertTrue(numbers.contains("\nflockwork_members{role=\"core\"} 0.0\n"), numbers);
    }

    @Test
    void onceItIsClosedNobodyAnswers() {
        assertEquals("{\"alive\":true}\n", local("/health").body());
        coordinator.close();
        assertThrows(CompletionException.class, () -> local("/health"));
    }
}
