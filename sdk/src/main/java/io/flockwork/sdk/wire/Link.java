package io.flockwork.sdk.wire;

import io.flockwork.sdk.model.Address;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * One WebSocket to a core; each binary message on it is one {@link Message}. Pings the core and gives up on one that is
 * silent for {@value #SILENCE_SECONDS} seconds. Safe for use by many threads; nothing here blocks.
 */
public final class Link implements AutoCloseable {
    /** Most bytes that wait to be sent; a core that takes no more is given up. */
    public static final int MAX_QUEUED_BYTES = 64 << 20;

    /** How long a core may say nothing at all. */
    public static final int SILENCE_SECONDS = 15;

    private static final int PING_SECONDS = 3;

    /** Who hears what comes. Called on a thread of the dialer, one call at a time, in order; may block. */
    public interface Listener {
        /** The core sent this. The next message is not read before this returns. */
        void received(Link link, Message message);

        /** Last call, exactly one, whoever ended the link; {@code why} is for a log. */
        void closed(Link link, String why);
    }

    private final Address core;
    private final Codec codec;
    private final Listener listener;
    private final Executor threads;
    private final ScheduledExecutorService timer;
    private final SendQueue queue = new SendQueue(MAX_QUEUED_BYTES);

    private volatile int silentPings;
    private volatile boolean delivering;
    private volatile boolean ended;
    private volatile WebSocket socket;
    private Future<?> pinging;
    private CompletableFuture<Void> deliveries = CompletableFuture.completedFuture(null);

    private Link(Dialer dialer, Address core, Codec codec, Listener listener) {
        this.core = core;
        this.codec = codec;
        this.listener = listener;
        this.threads = dialer.threads();
        this.timer = dialer.timer();
    }

    /**
     * Connects.
     *
     * @return the open link, or a failure within {@link Dialer#CONNECT_TIMEOUT}; the listener then hears nothing
     */
    public static CompletableFuture<Link> open(
            Dialer dialer, Address core, String path, Codec codec, Listener listener) {
        Link link = new Link(dialer, core, codec, listener);
        return dialer.webSocket(core, path, link.new Incoming()).thenApply(link::start);
    }

    /** From here on there are calls of the listener, save for an error that came before. */
    private Link start(WebSocket open) {
        socket = open;
        synchronized (this) {
            if (ended) {
                return this;
            }
            pinging = timer.scheduleWithFixedDelay(this::ping, PING_SECONDS, PING_SECONDS, TimeUnit.SECONDS);
        }
        socket.request(1);
        return this;
    }

    /** The core at the other end. */
    public Address core() {
        return core;
    }

    /** Sends after all that was sent before. On a link that has ended, nothing happens: the listener knows. */
    public void send(Message message) {
        byte[] bytes = codec.encode(message);
        if (bytes.length > Message.MAX_BYTES) {
            throw new IllegalArgumentException("a message of " + bytes.length + " bytes is too large to send");
        }
        switch (queue.add(bytes)) {
            case START -> sendNext();
            case WAIT -> {}
            case FULL -> end(core + " does not take what it is sent");
        }
    }

    /** The JDK's WebSocket takes one message at a time. */
    private void sendNext() {
        byte[] next = queue.next();
        if (next != null && !ended) {
            socket.sendBinary(ByteBuffer.wrap(next), true).whenCompleteAsync(this::sent, threads);
        }
    }

    private void sent(WebSocket same, Throwable error) {
        if (error == null) {
            sendNext();
        } else {
            end(error.toString());
        }
    }

    private void ping() {
        if (delivering) {
            return;
        }
        silentPings++;
        if (silentPings * PING_SECONDS >= SILENCE_SECONDS) {
            end(core + " said nothing for " + SILENCE_SECONDS + " s");
        } else {
            // Fails while an earlier ping still waits to be sent; the count of silent pings covers that.
            socket.sendPing(ByteBuffer.allocate(0));
        }
    }

    @Override
    public void close() {
        end("closed here");
    }

    private void end(String why) {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            if (pinging != null) {
                pinging.cancel(false);
            }
        }
        queue.clear();
        if (socket != null) {
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "")
                    .orTimeout(1, TimeUnit.SECONDS)
                    .whenComplete((same, error) -> socket.abort());
        }
        deliver(() -> listener.closed(this, why));
    }

    private synchronized void deliver(Runnable call) {
        deliveries = deliveries.handleAsync(
                (done, error) -> {
                    call.run();
                    return null;
                },
                threads);
    }

    private void receive(byte[] bytes) {
        if (ended) {
            return;
        }
        try {
            listener.received(this, codec.decode(bytes));
        } catch (RuntimeException refused) {
            end("a message from " + core + " was not taken: " + refused);
        } finally {
            delivering = false;
            silentPings = 0;
            socket.request(1);
        }
    }

    /** The JDK calls these one at a time, once for each part or control frame that was requested. */
    private final class Incoming implements WebSocket.Listener {
        private final Reassembly parts = new Reassembly();

        @Override
        public void onOpen(WebSocket open) {
            // The first part is requested by start(), when the link is whole.
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
            silentPings = 0;
            if (!parts.add(part)) {
                end(core + " sent a message of more than " + Message.MAX_BYTES + " bytes");
            } else if (last) {
                byte[] message = parts.take();
                delivering = true;
                deliver(() -> receive(message));
            } else {
                from.request(1);
            }
            return null;
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
            end(core + " sent text");
            return null;
        }

        @Override
        public CompletionStage<?> onPong(WebSocket from, ByteBuffer payload) {
            silentPings = 0;
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onPing(WebSocket from, ByteBuffer payload) {
            silentPings = 0;
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            end(core + " closed the link" + (reason.isEmpty() ? "" : ": " + reason));
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            end("the link to " + core + " broke: " + error);
        }
    }
}
