package io.flockwork.worker.lease;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.wire.Codec;
import io.flockwork.sdk.wire.Dialer;
import io.flockwork.sdk.wire.Link;
import io.flockwork.sdk.wire.Message;
import io.flockwork.sdk.wire.WorkerMessage;
import io.flockwork.worker.TestMembers;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A worker has a living socket to every core it deals with, whatever order bad news arrive in. The links are real. */
class CoreLinksTest {
    private static final Message WORD = new WorkerMessage.NotLed(JobId.random(new Random(1)));

    private final Vertx vertx = Vertx.vertx();
    private final Dialer dialer = new Dialer(TestMembers.tls(Role.EDGE));
    private final Queue<Runnable> agent = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> later = new ArrayDeque<>();
    private final List<Link> opened = new ArrayList<>();
    private final AtomicInteger closed = new AtomicInteger();
    private final List<Dial> dials = new ArrayList<>();
    private final List<Address> lost = new ArrayList<>();
    private final CoreLinks links = new CoreLinks(
            (core, listener) -> {
                dials.add(new Dial(core, new Counting(listener, closed)));
                return dials.get(dials.size() - 1).answer;
            },
            agent::add,
            later::add,
            opened::add,
            (link, message) -> {},
            lost::add);
    private Address core;

    /** A try to open a socket, which succeeds or fails when the test says so. */
    private record Dial(Address core, Link.Listener listener, CompletableFuture<Link> answer) {
        Dial(Address core, Link.Listener listener) {
            this(core, listener, new CompletableFuture<>());
        }
    }

    /** Counts the links whose end has been told. */
    private record Counting(Link.Listener told, AtomicInteger closed) implements Link.Listener {
        @Override
        public void received(Link link, Message message) {
            told.received(link, message);
        }

        @Override
        public void closed(Link link, String why) {
            told.closed(link, why);
            closed.incrementAndGet();
        }
    }

    @BeforeEach
    void listen() {
        int port = vertx.createHttpServer(TestMembers.server())
                .webSocketHandler(socket -> socket.binaryMessageHandler(socket::writeBinaryMessage))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        core = new Address("127.0.0.1", port);
        links.want(Set.of(core));
    }

    @AfterEach
    void end() {
        dialer.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aSocketThatOpensIsUsed() {
        assertFalse(links.send(core, WORD));
        open(0);
        assertEquals(1, opened.size());
        assertTrue(links.send(core, WORD));
    }

    @Test
    void aCoreThatDoesNotAnswerIsTriedAgain() {
        dials.get(0).answer.completeExceptionally(new IOException("refused"));
        runAgent();
        assertEquals(1, dials.size(), "not at once");
        assertEquals(List.of(core), lost);
        later.remove().run();
        assertEquals(2, dials.size());
    }

    @Test
    void aSocketThatBreaksIsOpenedAgain() {
        open(0).close();
        await().until(() -> !agent.isEmpty());
        runAgent();
        assertFalse(links.send(core, WORD));
        assertEquals(List.of(core), lost);
        later.remove().run();
        open(1);
        assertTrue(links.send(core, WORD));
    }

    @Test
    void aSocketThatBrokeBeforeItWasToldToBeOpenIsNotKept() {
        Link broken = link(0);
        broken.close();
        await().until(() -> !agent.isEmpty());
        dials.get(0).answer.complete(broken);
        runAgent();
        assertFalse(links.send(core, WORD), "nothing goes into a dead socket");
        later.remove().run();
        open(1);
        assertTrue(links.send(core, WORD));
    }

    @Test
    void aCoreThatIsNoLongerWantedIsLeftAlone() {
        Link link = link(0);
        links.want(Set.of());
        dials.get(0).answer.complete(link);
        runAgent();
        assertFalse(links.send(core, WORD));
        await().until(() -> closed.get() == 1);
        runAgent();
        assertTrue(later.isEmpty());
        assertEquals(List.of(), lost, "nor does its end matter");
        assertEquals(1, dials.size());
    }

    private Link open(int dial) {
        Link link = link(dial);
        dials.get(dial).answer.complete(link);
        runAgent();
        return link;
    }

    private Link link(int dial) {
        return Link.open(dialer, core, "/", new Codec(), dials.get(dial).listener)
                .join();
    }

    private void runAgent() {
        for (Runnable task = agent.poll(); task != null; task = agent.poll()) {
            task.run();
        }
    }
}
