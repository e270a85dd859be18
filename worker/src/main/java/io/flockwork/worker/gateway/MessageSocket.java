package io.flockwork.worker.gateway;

import io.flockwork.sdk.wire.Codec;
import io.flockwork.sdk.wire.Message;
import io.flockwork.sdk.wire.WireException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A WebSocket that carries messages. Any thread may send; what comes in is told on the socket's event loop. */
final class MessageSocket {
    private static final Logger LOG = LoggerFactory.getLogger(MessageSocket.class);
    private static final short PROTOCOL_ERROR = 1002;
    /** Bytes that may wait for a peer that does not read. */
    private static final int MOST_WAITING = 8 << 20;
    /** What may wait before news are left out. */
    private static final int KEEPING_UP = 256 << 10;

    private final ServerWebSocket socket;
    private final Codec codec;
    private final AtomicLong waiting = new AtomicLong();
    private volatile boolean refused;
    private Runnable gone = () -> {};

    MessageSocket(ServerWebSocket socket, Codec codec) {
        this.socket = socket;
        this.codec = codec;
    }

    /** Runs this beside what {@link #listen} says; to be said before that. */
    void whenClosed(Runnable also) {
        gone = also;
    }

    void listen(Consumer<Message> received, Runnable closed) {
        socket.binaryMessageHandler(buffer -> {
            if (refused) {
                return; // it was on its way
            }
            Message message;
            try {
                message = codec.decode(buffer.getBytes());
            } catch (WireException malformed) {
                refuse(malformed.getMessage());
                return;
            }
            received.accept(message);
        });
        socket.textMessageHandler(text -> refuse("text is not spoken here"));
        // Also told of a message beyond the limit, after which the socket would go on.
        socket.exceptionHandler(broken -> refuse(String.valueOf(broken.getMessage())));
        socket.closeHandler(done -> {
            gone.run();
            closed.run();
        });
    }

    /** Sends after all that was sent before. A peer that does not read what it is sent is given up. */
    void send(Message message) {
        if (!isClosed()) {
            send(codec.encode(message));
        }
    }

    /** Sends a message that is written already, for many sockets perhaps. */
    void send(byte[] bytes) {
        if (isClosed()) {
            return;
        }
        if (waiting.get() > MOST_WAITING) {
            refuse("too much waits to be read");
        } else {
            waiting.addAndGet(bytes.length);
            socket.writeBinaryMessage(Buffer.buffer(bytes)).onComplete(done -> waiting.addAndGet(-bytes.length));
        }
    }

    /** Sends unless the peer is slow to take what was sent before: for news that the next news replaces. */
    void sendIfKeepingUp(Message message) {
        if (waiting.get() < KEEPING_UP) {
            send(message);
        }
    }

    /** Bytes sent that the peer has not taken yet. */
    long waiting() {
        return waiting.get();
    }

    boolean isClosed() {
        return refused || socket.isClosed();
    }

    /** Closes, telling the peer why. */
    void refuse(String why) {
        if (isClosed()) {
            return;
        }
        refused = true;
        LOG.info("closing a socket of {}: {}", peer(), why);
        socket.close(PROTOCOL_ERROR, why.length() > 100 ? why.substring(0, 100) : why);
    }

    private String peer() {
        return String.valueOf(socket.remoteAddress());
    }
}
