package io.flockwork.worker.gateway;

import static org.awaitility.Awaitility.await;

import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.wire.Codec;
import io.flockwork.sdk.wire.Dialer;
import io.flockwork.sdk.wire.Link;
import io.flockwork.sdk.wire.Message;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

/** The other end of a gateway's WebSocket: the SDK's own link, with what came and how it ended. */
final class FarEnd implements Link.Listener {
    final Link link;
    private final Queue<Message> received = new ConcurrentLinkedQueue<>();
    private volatile String closed;

    FarEnd(Dialer dialer, Address core, String path) {
        link = Link.open(dialer, core, path, new Codec(), this).join();
    }

    @Override
    public void received(Link from, Message message) {
        received.add(message);
    }

    @Override
    public void closed(Link ended, String why) {
        closed = why;
    }

    boolean isOpen() {
        return closed == null;
    }

    String awaitClosed() {
        await().until(() -> closed != null);
        return closed;
    }

    <T extends Message> T awaitFirst(Class<T> type, Predicate<T> which) {
        return await().until(
                        () -> received.stream()
                                .filter(type::isInstance)
                                .map(type::cast)
                                .filter(which)
                                .findFirst()
                                .orElse(null),
                        found -> found != null);
    }
}
