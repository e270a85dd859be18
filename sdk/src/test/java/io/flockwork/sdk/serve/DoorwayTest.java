package io.flockwork.sdk.serve;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.identity.GridTls;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.identity.TestMembers;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A real HTTPS server behind a doorway with small limits. */
class DoorwayTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final String HEAD = "PUT / HTTP/1.1\r\nhost: h\r\ncontent-length: 100000\r\n\r\n";

    private final SSLContext tls = TestMembers.of(Role.EDGE).context(GridTls.SERVERS);
    private final List<Socket> open = new ArrayList<>();
    private Vertx vertx;
    private int port;

    private void serve(Crowd.Limits limits) {
        Doorway doorway = new Doorway(limits, SECOND, SECOND);
        vertx = doorway.vertx(new VertxOptions().setEventLoopPoolSize(2));
        HttpServer server = vertx.createHttpServer(TestMembers.server())
                .connectionHandler(doorway::settles)
                .webSocketHandler(socket -> {
                    doorway.becomesSocket(socket.remoteAddress(), socket.localAddress());
                    socket.binaryMessageHandler(socket::writeBinaryMessage);
                })
                .requestHandler(request -> {
                    doorway.begins(request);
                    request.end().onComplete(whole -> request.response().end("ok"));
                });
        port = server.listen().toCompletionStage().toCompletableFuture().join().actualPort();
    }

    @AfterEach
    void close() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private Socket plain() throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        open.add(socket);
        return socket;
    }

    private Socket shaken() throws IOException {
        Socket socket = tls.getSocketFactory().createSocket("127.0.0.1", port);
        open.add(socket);
        socket.setSoTimeout(20_000);
        ask(socket);
        return socket;
    }

    private static void ask(Socket socket) throws IOException {
        socket.getOutputStream().write("GET / HTTP/1.1\r\nhost: h\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertTrue(
                new String(socket.getInputStream().readNBytes(10), StandardCharsets.US_ASCII).startsWith("HTTP/1.1 2"));
        while (socket.getInputStream().available() > 0) {
            socket.getInputStream().skipNBytes(1);
        }
    }

    private static boolean isHungUp(Socket socket) throws IOException {
        socket.setSoTimeout(50);
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    @Test
    void whoDoesNotShakeHandsTakesNoRoomFromWhoDoes() throws IOException {
        serve(new Crowd.Limits(100, 50, 10, 3));
        for (int i = 0; i < 8; i++) {
            shaken();
        }
        List<Socket> strangers = List.of(plain(), plain(), plain());
        await().until(() -> isHungUp(plain()));
        for (Socket stranger : strangers) {
            assertTrue(!isHungUp(stranger));
            stranger.close();
        }
        await().ignoreExceptions().until(() -> !isHungUp(shaken()));
    }

    @Test
    void oneAddressHasItsShare() throws IOException {
        serve(new Crowd.Limits(100, 4, 100, 100));
        for (int i = 0; i < 4; i++) {
            shaken();
        }
        assertTrue(isHungUp(plain()) || isHungUp(plain()));
        open.get(0).close();
        await().ignoreExceptions().until(() -> !isHungUp(shaken()));
    }

    @Test
    void aHeadThatDribblesIsCutOff() throws IOException {
        serve(new Crowd.Limits(100, 50, 50, 50));
        assertCutOff(shaken(), ("GET / HTTP/1.1\r\nx: " + "y".repeat(7_000)).getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void aBodyThatDribblesIsCutOff() throws IOException {
        serve(new Crowd.Limits(100, 50, 50, 50));
        Socket socket = shaken();
        socket.getOutputStream().write(HEAD.getBytes(StandardCharsets.US_ASCII));
        assertCutOff(socket, new byte[7_000]);
    }

    /** A byte every 50 ms, for at most six minutes: the limit is a second. */
    private static void assertCutOff(Socket socket, byte[] bytes) throws IOException {
        int sent = 0;
        try {
            while (!isHungUp(socket)) {
                socket.getOutputStream().write(bytes, sent++, 1);
            }
        } catch (IOException hungUp) {
            assertTrue(sent > 0, hungUp.toString());
        }
        assertTrue(sent > 5 && sent < 1_000, sent + " bytes");
    }

    @Test
    void whoAsksNowAndThenAndSocketsStay() throws Exception {
        serve(new Crowd.Limits(100, 50, 50, 50));
        CompletableFuture<Integer> echo = new CompletableFuture<>();
        WebSocket socket = HttpClient.newBuilder()
                .sslContext(tls)
                .build()
                .newWebSocketBuilder()
                .buildAsync(URI.create("wss://127.0.0.1:" + port + "/"), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
                        echo.complete(data.remaining());
                        return null;
                    }
                })
                .join();
        Socket busy = shaken();
        Socket idle = shaken();
        await().pollInterval(Duration.ofMillis(200)).until(() -> {
            ask(busy);
            return isHungUp(idle);
        });
        busy.setSoTimeout(20_000);
        ask(busy);
        socket.sendBinary(ByteBuffer.wrap(new byte[7]), true).join();
        assertEquals(7, echo.get(20, TimeUnit.SECONDS));
    }

    @Test
    void headersThatAreTooLongAreRefused() throws Exception {
        serve(new Crowd.Limits(100, 50, 50, 50));
        HttpRequest large = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/"))
                .header("x", "y".repeat(10_000))
                .build();
        HttpClient http = HttpClient.newBuilder().sslContext(tls).build();
        assertEquals(431, http.send(large, BodyHandlers.discarding()).statusCode());
    }
}
