package io.flockwork.grid;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.identity.EnrolmentRequest;
import io.flockwork.sdk.identity.GridTls;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.WorkerInfo;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Thousands of malformed, oversized and slow requests at each port, ten thousand at those of HTTPS; then the same processes do the next job. */
class SlowIT {
    private static final int REQUESTS = 6_000;
    private static final int NOISES = 3_700;
    /** The mesh lets few strangers in at a time, so ten thousand take a minute: docs/BENCHMARKS.md has the command. */
    private static final int MESH_NOISES = Integer.getInteger("flockwork.flood", 1_700);

    private static final int HALF_OPEN = 300;
    private static final int AT_A_TIME = 50;
    /** A TLS record that says it holds a greeting of 512 bytes, of which five come. */
    private static final byte[] BEGINNING = {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3};

    @RegisterExtension
    static final TestGrid GRID = TestGrid.ofWorkers(2);

    private final SplittableRandom random = new SplittableRandom(11);
    private final List<Socket> open = new ArrayList<>();

    @AfterEach
    void theGridServesOn() throws Exception {
        for (Socket socket : open) {
            socket.close();
        }
        assertTrue(GRID.coordinator().isAlive());
        assertTrue(GRID.workers().stream().allMatch(GridProcess::isAlive));
        assertEquals(2, GRID.listed().size());
        Ran next = GRID.run("submit", "echo", "units=3", "--wait");
        assertEquals(0, next.code(), next.toString());
        assertEquals("0 1\n1 2\n2 3\n", next.text());
    }

    @Test
    void theCoordinatorsPort() throws Exception {
        Address port = GRID.entrance();
        halfOpen(port);
        noise(port, NOISES);
        SSLContext newcomer =
                GridTls.joining(GRID.member(Role.EDGE).credentials().grid());
        Map<Integer, Integer> answers = ask(newcomer, port, EnrolmentRequest.PATH);
        assertEquals(
                REQUESTS, answers.values().stream().mapToInt(Integer::intValue).sum());
        assertTrue(answers.keySet().stream().allMatch(List.of(400, 413, 429)::contains), answers.toString());
        assertTrue(answers.get(429) > REQUESTS / 2, answers.toString());
        assertHungUpOn();
    }

    @Test
    void aGatewaysPort() throws Exception {
        Address port = GRID.listed().get(0).gateway();
        halfOpen(port);
        noise(port, NOISES);
        SSLContext member = GRID.member(Role.EDGE).context(GridTls.SERVERS);
        Map<Integer, Integer> answers = ask(member, port, "/pieces/nonsense");
        assertEquals(
                REQUESTS, answers.values().stream().mapToInt(Integer::intValue).sum());
        assertTrue(answers.keySet().stream().allMatch(List.of(400, 404, 405, 413, 429)::contains), answers.toString());
        assertHungUpOn();
    }

    @Test
    void aMeshPort() throws Exception {
        WorkerInfo core = GRID.listed().get(0);
        halfOpen(core.mesh());
        noise(core.mesh(), MESH_NOISES);
    }

    /** Greetings that never end: one more byte each at every look. */
    private void halfOpen(Address port) throws IOException {
        for (int i = 0; i < HALF_OPEN; i++) {
            Socket socket = new Socket(port.host(), port.port());
            open.add(socket);
            socket.getOutputStream().write(BEGINNING, 0, i % 2 == 0 ? BEGINNING.length : 0);
        }
    }

    private void assertHungUpOn() {
        await("those who never shake hands to be hung up on")
                .atMost(Duration.ofMinutes(1))
                .until(() -> {
                    for (int i = open.size() - 1; i >= 0; i--) {
                        if (isHungUp(open.get(i))) {
                            open.remove(i).close();
                        }
                    }
                    return open.isEmpty();
                });
    }

    private static boolean isHungUp(Socket socket) {
        try {
            socket.setSoTimeout(1);
            socket.getOutputStream().write(0);
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    private void noise(Address port, int times) throws IOException {
        byte[] noise = new byte[2_000];
        for (int i = 0; i < times; i++) {
            random.nextBytes(noise);
            try (Socket socket = new Socket(port.host(), port.port())) {
                socket.getOutputStream().write(noise, 0, random.nextInt(noise.length));
            } catch (IOException hungUp) {
                assertTrue(String.valueOf(hungUp.getMessage()).matches(".*([Rr]eset|[Bb]roken).*"), hungUp.toString());
            }
        }
    }

    /** How often each status came; whose body was too large may have been hung up on. */
    private Map<Integer, Integer> ask(SSLContext tls, Address port, String path) throws Exception {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(tls)
                .build();
        Map<Integer, Integer> answers = new TreeMap<>();
        for (int done = 0; done < REQUESTS; done += AT_A_TIME) {
            List<CompletableFuture<Integer>> some = IntStream.range(done, done + AT_A_TIME)
                    .mapToObj(i -> http.sendAsync(request(port, path, i), BodyHandlers.discarding())
                            .handle((answer, hungUp) -> answer == null ? 413 : answer.statusCode()))
                    .toList();
            for (CompletableFuture<Integer> one : some) {
                answers.merge(one.get(1, TimeUnit.MINUTES), 1, Integer::sum);
            }
        }
        return answers;
    }

    private HttpRequest request(Address port, String path, int number) {
        byte[] body = new byte[number % 100 == 0 ? 3 << 20 : number % 500];
        random.nextBytes(body);
        return HttpRequest.newBuilder(URI.create("https://" + port + path))
                .timeout(Duration.ofSeconds(30))
                .method(path.startsWith("/pieces") ? "PUT" : "POST", BodyPublishers.ofByteArray(body))
                .build();
    }
}
