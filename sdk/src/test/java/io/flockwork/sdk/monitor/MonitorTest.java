package io.flockwork.sdk.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.Counter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The three pages, as a program of the same machine reads them. */
class MonitorTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private CompletionStage<Optional<String>> complaint = CompletableFuture.completedStage(Optional.empty());
    private Meters meters;
    private MonitorServer server;

    @BeforeEach
    void open() throws IOException {
        meters = new Meters("edge", () -> complaint);
        server = MonitorServer.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), meters);
    }

    @AfterEach
    void close() {
        server.close();
        meters.close();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return ask(HttpRequest.newBuilder(uri(path)).build());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.address().getPort() + path);
    }

    private HttpResponse<String> ask(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, BodyHandlers.ofString());
    }

    private void assertAnswer(int status, String body, String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(path);
        assertEquals(status + " " + body + "\n", answer.statusCode() + " " + answer.body());
        assertEquals(
                "application/json; charset=utf-8",
                answer.headers().firstValue("content-type").orElseThrow());
    }

    @Test
    void aNodeThatIsWell() throws Exception {
        assertAnswer(200, "{\"alive\":true}", "/health");
        assertAnswer(200, "{\"ready\":true}", "/ready");
    }

    @Test
    void aNodeThatIsNotReadySaysWhyAndLives() throws Exception {
        complaint = CompletableFuture.completedStage(Optional.of("it is \"paused\""));
        assertAnswer(200, "{\"alive\":true}", "/health");
        assertAnswer(503, "{\"ready\":false,\"why\":\"it is \\\"paused\\\"\"}", "/ready");
    }

    @Test
    void aNodeThatCannotSayHowItIsIsNotAliveAndStillHasNumbers() throws Exception {
        complaint = CompletableFuture.failedStage(new IllegalStateException("closed"));
        assertAnswer(503, "{\"alive\":false}", "/health");
        assertAnswer(503, "{\"alive\":false}", "/ready");
        assertTrue(get("/metrics").body().contains("\njvm_memory_used_bytes{"));
    }

    @Test
    void numbersAreReadAnewEachTime() throws Exception {
        AtomicInteger readings = new AtomicInteger();
        Counter counter = Counter.builder("flockwork.readings").register(meters.registry());
        meters.before(() -> {
            readings.incrementAndGet();
            counter.increment();
        });
        HttpResponse<String> first = get("/metrics");
        assertEquals(200, first.statusCode());
        assertEquals(
                "text/plain; version=0.0.4; charset=utf-8",
                first.headers().firstValue("content-type").orElseThrow());
        assertTrue(first.body().contains("\nflockwork_readings_total 1.0\n"), first.body());
        assertTrue(first.body().contains("\nflockwork_node{role=\"edge\"} 1.0\n"), first.body());
        assertTrue(get("/metrics").body().contains("\nflockwork_readings_total 2.0\n"));
        assertEquals(2, readings.get());
    }

    @Test
    void thereIsNothingElseAndNothingIsWritten() throws Exception {
        assertEquals(404, get("/").statusCode());
        assertEquals(404, get("/metrics/../etc").statusCode());
        assertEquals(
                405,
                ask(HttpRequest.newBuilder(uri("/metrics"))
                                .POST(BodyPublishers.ofString("x"))
                                .build())
                        .statusCode());
        HttpResponse<String> head = ask(HttpRequest.newBuilder(uri("/health"))
                .method("HEAD", BodyPublishers.noBody())
                .build());
        assertEquals("200 ", head.statusCode() + " " + head.body());
    }

    /** A page of some site in this machine's browser, whose name leads here. */
    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:9100", "127.0.0.1.evil.example", "localhost.evil.example"})
    void otherNamesForThisMachineAreRefused(String host) throws IOException {
        assertEquals("HTTP/1.1 403 Forbidden", statusFor("Host: " + host + "\r\n"));
    }

    @Test
    void aNameThatMeansThisMachineIsNeeded() throws IOException {
        assertEquals("HTTP/1.1 200 OK", statusFor("Host: LOCALHOST:1\r\n"));
        assertEquals("HTTP/1.1 200 OK", statusFor("Host: [::1]\r\n"));
        assertEquals("HTTP/1.1 403 Forbidden", statusFor(""));
        assertEquals("HTTP/1.1 403 Forbidden", statusFor("Host: localhost\r\nHost: evil.example\r\n"));
    }

    private String statusFor(String headers) throws IOException {
        try (Socket socket =
                new Socket(server.address().getAddress(), server.address().getPort())) {
            byte[] request = ("GET /health HTTP/1.1\r\n" + headers + "Connection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            socket.getOutputStream().write(request);
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }
    }

    @Test
    void whoIsSlowToAskKeepsNobodyWaiting() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 10; i++) {
                Socket socket = new Socket(
                        server.address().getAddress(), server.address().getPort());
                slow.add(socket);
                socket.getOutputStream().write("GET /hea".getBytes(StandardCharsets.US_ASCII));
            }
            assertAnswer(200, "{\"alive\":true}", "/health");
            assertTrue(slow.stream().noneMatch(Socket::isClosed));
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void aTakenPortIsOneSentence() {
        IOException taken = assertThrows(IOException.class, () -> MonitorServer.open(server.address(), meters));
        assertTrue(taken.getMessage().startsWith("metrics cannot be served on "), taken.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"9100, 127.0.0.1, 9100", "127.0.0.2:9101, 127.0.0.2, 9101", "localhost:9102, 127.0.0.1, 9102"})
    void aPortAloneIsThisMachines(String text, String host, int port) throws IOException {
        assertEquals(new InetSocketAddress(InetAddress.getByName(host), port), MonitorAddress.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "65536", "123456", "x", ":9100", "0.0.0.0:9100", "192.0.2.1:9100", "[::]:9100"})
    void whatIsNotThisMachinesLoopbackIsRefused(String text) {
        String sentence = assertThrows(IllegalArgumentException.class, () -> MonitorAddress.parse(text))
                .getMessage();
        assertTrue(sentence.length() > 10 && !sentence.contains("\n"), sentence);
    }
}
