package io.flockwork.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.blob.BlobHasher;
import io.flockwork.sdk.blob.Manifest;
import io.flockwork.sdk.identity.GridTls;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.WorkerInfo;
import io.flockwork.sdk.wire.ClientMessage;
import io.flockwork.sdk.wire.Message;
import io.flockwork.sdk.wire.WorkerMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whatever strangers throw at the ports is refused, and the grid serves on: the same processes, the next job. */
class GarbageIT {
    @RegisterExtension
    static final TestGrid GRID = TestGrid.ofWorkers(2);

    private HttpClient submitter;
    private HttpClient core;
    private final SplittableRandom random = new SplittableRandom(7);

    @BeforeEach
    void becomeMembers() throws Exception {
        submitter = http(Role.SUBMIT);
        core = http(Role.CORE);
    }

    private static HttpClient http(Role role) throws Exception {
        return HttpClient.newBuilder()
                .sslContext(GRID.member(role).context(GridTls.SERVERS))
                .build();
    }

    @AfterEach
    void theGridServesOn() throws Exception {
        assertTrue(GRID.coordinator().isAlive());
        assertTrue(GRID.workers().stream().allMatch(GridProcess::isAlive));
        assertEquals(2, GRID.listed().size());
        Ran next = GRID.run("submit", "echo", "units=3", "--wait");
        assertEquals(0, next.code(), next.toString());
        assertEquals("0 1\n1 2\n2 3\n", next.text());
    }

    @Test
    void randomBytesAtEveryPort() throws Exception {
        List<Address> ports = new ArrayList<>(List.of(GRID.entrance()));
        for (WorkerInfo worker : GRID.listed()) {
            ports.add(worker.gateway());
            ports.add(worker.mesh());
        }
        byte[] hazelcast = "HZC".getBytes(StandardCharsets.US_ASCII);
        byte[] endless = "GET /".getBytes(StandardCharsets.US_ASCII);
        for (Address port : ports) {
            for (byte[] opening : List.of(new byte[0], hazelcast, endless)) {
                byte[] noise = new byte[1 << 18];
                random.nextBytes(noise);
                System.arraycopy(opening, 0, noise, 0, opening.length);
                throwAt(port, noise);
            }
        }
    }

    private static void throwAt(Address port, byte[] noise) throws IOException {
        try (Socket socket = new Socket(port.host(), port.port())) {
            socket.setSoTimeout(500);
            OutputStream out = socket.getOutputStream();
            out.write(noise);
            out.flush();
        } catch (SocketException hungUp) {
            assertTrue(hungUp.getMessage().matches(".*([Rr]eset|[Bb]roken).*"), () -> port + ": " + hungUp);
        }
    }

    @Test
    void messagesThatAreNone() throws Exception {
        for (WorkerInfo worker : GRID.listed()) {
            for (String path : List.of(ClientMessage.PATH, WorkerMessage.PATH)) {
                for (int size : new int[] {0, 1, 7, 1000, 100_000}) {
                    byte[] noise = new byte[size];
                    random.nextBytes(noise);
                    Listening listening = new Listening();
                    open(worker.gateway(), path, listening).sendBinary(ByteBuffer.wrap(noise), true);
                    assertEquals(1002, listening.closed.get(60, TimeUnit.SECONDS), path + " after " + size + " bytes");
                }
                Listening listening = new Listening();
                open(worker.gateway(), path, listening).sendText("hello", true);
                assertEquals(1002, listening.closed.get(60, TimeUnit.SECONDS));
            }
        }
    }

    @Test
    void aMessageThatIsTooLargeIsCutOff() throws Exception {
        for (String path : List.of(ClientMessage.PATH, WorkerMessage.PATH)) {
            Listening listening = new Listening();
            WebSocket socket = open(GRID.listed().get(0).gateway(), path, listening);
            byte[] part = new byte[1 << 20];
            CompletableFuture<WebSocket> sent = CompletableFuture.completedFuture(socket);
            for (int bytes = 0; bytes <= Message.MAX_BYTES + part.length; bytes += part.length) {
                sent = sent.thenCompose(open -> open.sendBinary(ByteBuffer.wrap(part), false));
            }
            CompletableFuture<Object> refused =
                    CompletableFuture.anyOf(sent.thenCompose(all -> listening.closed), listening.closed);
            try {
                assertTrue((Integer) refused.get(60, TimeUnit.SECONDS) >= 1002);
            } catch (ExecutionException hungUp) {
                assertTrue(hungUp.getCause() instanceof IOException, hungUp.toString());
            }
        }
    }

    @Test
    void piecesThatAreTooLargeOrNotWhatTheySay() throws Exception {
        Address core = GRID.listed().get(0).gateway();
        byte[] small = "a piece".getBytes(StandardCharsets.UTF_8);
        String id = new BlobHasher().idOf(small).hex();
        String other = new BlobHasher().idOf(new byte[1]).hex();

        assertEquals(413, put(core, "/pieces/" + other, new byte[2 * Manifest.PIECE_BYTES]));
        assertEquals(400, put(core, "/pieces/" + other, small));
        assertEquals(400, put(core, "/pieces/nonsense", small));
        assertEquals(400, put(core, "/blobs/" + id, small));
        assertEquals(413, put(core, "/blobs/" + id, new byte[Manifest.MAX_ENCODED_BYTES + 1]));
        assertEquals(204, put(core, "/pieces/" + id, small));
        assertEquals(404, get(core, "/blobs/" + other));
        assertEquals(400, get(core, "/blobs/" + id + "%2f.."));
        assertEquals(400, get(core, "/blobs/nonsense/pieces/0"));
    }

    @Test
    void noOtherPathIsASocket() {
        Address core = GRID.listed().get(0).gateway();
        assertThrows(CompletionException.class, () -> open(core, "/else", new Listening()));
    }

    private int put(Address at, String path, byte[] body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("https://" + at + path));
        try {
            HttpResponse<Void> answer =
                    core.send(request.PUT(BodyPublishers.ofByteArray(body)).build(), BodyHandlers.discarding());
            return answer.statusCode();
        } catch (IOException cutOff) {
            // The core may hang up on a body of this size before its answer is read.
            assertTrue(body.length > Manifest.PIECE_BYTES, cutOff.toString());
            return 413;
        }
    }

    private int get(Address at, String path) throws Exception {
        return core.send(
                        HttpRequest.newBuilder(URI.create("https://" + at + path))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }

    private WebSocket open(Address at, String path, Listening listening) {
        return (path.equals(WorkerMessage.PATH) ? core : submitter)
                .newWebSocketBuilder()
                .buildAsync(URI.create("wss://" + at + path), listening)
                .join();
    }

    /** Waits for the other side to hang up. */
    private static final class Listening implements WebSocket.Listener {
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            closed.complete(status);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable broken) {
            closed.completeExceptionally(broken);
        }
    }
}
