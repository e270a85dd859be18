package io.flockwork.sdk.wire;

import io.flockwork.sdk.identity.TestMembers;
import io.flockwork.sdk.model.Address;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;

/** The far end of a link, in this JVM, doing what a test says. */
final class EchoCore implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final Address address;

    EchoCore(Handler<ServerWebSocket> behaviour) {
        HttpServerOptions options =
                TestMembers.server().setMaxWebSocketFrameSize(1 << 20).setMaxWebSocketMessageSize(Message.MAX_BYTES);
        var server = vertx.createHttpServer(options)
                .webSocketHandler(behaviour)
                .listen()
                .await();
        address = new Address("127.0.0.1", server.actualPort());
    }

    /** Sends every message back. */
    static EchoCore echoing() {
        return new EchoCore(socket -> socket.binaryMessageHandler(socket::writeBinaryMessage));
    }

    /** Closes every socket at the first message. */
    static EchoCore closing() {
        return new EchoCore(socket -> socket.binaryMessageHandler(message -> socket.close((short) 1001, "going")));
    }

    Address address() {
        return address;
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
