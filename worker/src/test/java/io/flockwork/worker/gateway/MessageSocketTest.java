package io.flockwork.worker.gateway;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.wire.Codec;
import io.flockwork.sdk.wire.Message;
import io.flockwork.sdk.wire.WorkerMessage;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A peer that does not read what it is sent costs the core a bounded amount of memory. */
class MessageSocketTest {
    private static final String HANDSHAKE =
            "GET / HTTP/1.1\r\nHost: core\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";

    private final Vertx vertx = Vertx.vertx();
    private final Message big = new WorkerMessage.Refused("x".repeat(1 << 20));

    @AfterEach
    void end() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void newsAreLeftOutForAPeerThatDoesNotKeepUp() throws IOException {
        CompletableFuture<MessageSocket> accepted = new CompletableFuture<>();
        try (Socket mute = connect(accepted)) {
            MessageSocket socket = accepted.join();
            for (int i = 0; i < 200; i++) {
                socket.sendIfKeepingUp(big);
            }
            assertTrue(socket.waiting() <= 2 << 20, socket.waiting() + " bytes wait");
            assertTrue(mute.isConnected());
            assertFalse(socket.isClosed());
        }
    }

    @Test
    void aPeerThatNeverReadsIsGivenUp() throws IOException {
        CompletableFuture<MessageSocket> accepted = new CompletableFuture<>();
        try (Socket mute = connect(accepted)) {
            MessageSocket socket = accepted.join();
            for (int i = 0; i < 200; i++) {
                socket.send(big);
            }
            assertTrue(socket.waiting() <= 10 << 20, socket.waiting() + " bytes wait");
            assertTrue(mute.isConnected());
            await().until(socket::isClosed);
        }
    }

    /** Connects and never reads again. */
    private Socket connect(CompletableFuture<MessageSocket> accepted) throws IOException {
        Address address = TestCore.freeAddress();
        vertx.createHttpServer(new HttpServerOptions())
                .webSocketHandler(socket -> accepted.complete(new MessageSocket(socket, new Codec())))
                .listen(address.port(), address.host())
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        Socket socket = new Socket(address.host(), address.port());
        socket.getOutputStream().write(HANDSHAKE.getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        for (int lineFeeds = 0; lineFeeds < 2; ) {
            int read = in.read();
            lineFeeds = read == '\n' ? lineFeeds + 1 : read == '\r' ? lineFeeds : 0;
        }
        return socket;
    }
}
