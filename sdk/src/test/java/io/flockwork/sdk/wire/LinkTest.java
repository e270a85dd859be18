package io.flockwork.sdk.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.identity.GridTls;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.identity.TestMembers;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.JobId;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A link keeps order, tells its end once, and does not let its peer fill the memory. */
class LinkTest {
    private final Dialer dialer = new Dialer(TestMembers.of(Role.EDGE));
    private final Codec codec = new Codec();
    private final Heard heard = new Heard();

    @AfterEach
    void closeDialer() {
        dialer.close();
    }

    @Test
    void messagesComeBackWholeAndInOrder() throws Exception {
        try (EchoCore core = EchoCore.echoing();
                Link link = open(core.address())) {
            int count = 2_000;
            for (int i = 0; i < count; i++) {
                link.send(message(i, i % 100 == 0 ? 300_000 : 10));
            }
            for (int i = 0; i < count; i++) {
                assertEquals(message(i, i % 100 == 0 ? 300_000 : 10), heard.next());
            }
        }
    }

    @Test
    void aLinkThatTheCoreClosesSaysWhyOnce() throws Exception {
        try (EchoCore core = EchoCore.closing();
                Link link = open(core.address())) {
            link.send(message(1, 10));
            assertTrue(heard.end().endsWith("closed the link: going"));
            link.send(message(2, 10));
            assertNull(heard.ends.poll(100, TimeUnit.MILLISECONDS));
        }
    }

    @Test
    void closingHereIsToldToo() throws Exception {
        try (EchoCore core = EchoCore.echoing()) {
            open(core.address()).close();
            assertEquals("closed here", heard.end());
        }
    }

    @Test
    void aCoreThatTakesNothingIsGivenUpBeforeTheQueueFillsTheMemory() throws Exception {
        try (DeafCore core = new DeafCore();
                Link link = open(core.address())) {
            for (int i = 0; i < 100; i++) {
                link.send(message(i, 1_000_000));
            }
            assertTrue(heard.end().endsWith("does not take what it is sent"));
        }
    }

    @Test
    void bytesThatAreNoMessageEndTheLink() throws Exception {
        try (EchoCore core = new EchoCore(socket ->
                        socket.binaryMessageHandler(message -> socket.writeBinaryMessage(Buffer.buffer("nonsense"))));
                Link link = open(core.address())) {
            link.send(message(1, 10));
            assertTrue(heard.end().contains("not a message of this protocol"));
        }
    }

    @Test
    void aMessageWithoutEndIsNotKept() throws Exception {
        try (EchoCore core = new EchoCore(socket -> socket.binaryMessageHandler(
                        message -> socket.writeBinaryMessage(Buffer.buffer(new byte[Message.MAX_BYTES + 1]))));
                Link link = open(core.address())) {
            link.send(message(1, 10));
            assertTrue(heard.end().contains("a message of more than"));
        }
    }

    @Test
    void aListenerThatThrowsEndsTheLink() throws Exception {
        heard.refuse = true;
        try (EchoCore core = EchoCore.echoing();
                Link link = open(core.address())) {
            link.send(message(1, 10));
            assertTrue(heard.end().contains("was not taken"));
        }
    }

    @Test
    void aCoreThatSaysNothingIsGivenUp() throws Exception {
        AtomicReference<Runnable> ping = new AtomicReference<>();
        ScheduledThreadPoolExecutor handTurned = new ScheduledThreadPoolExecutor(1) {
            @Override
            public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long first, long delay, TimeUnit unit) {
                ping.set(task);
                return schedule(() -> {}, 0, unit);
            }
        };
        try (DeafCore core = new DeafCore();
                Dialer inHandTurnedTime =
                        new Dialer(() -> TestMembers.of(Role.EDGE).context(GridTls.SERVERS), handTurned)) {
            Link.open(inHandTurnedTime, core.address(), ClientMessage.PATH, codec, heard)
                    .join();
            for (int i = 0; i < 4; i++) {
                ping.get().run();
            }
            assertTrue(heard.ends.isEmpty());
            ping.get().run();
            assertTrue(heard.end().endsWith("said nothing for 15 s"));
        }
    }

    @Test
    void nobodyThereFailsTheOpening() throws IOException {
        int freePort;
        try (ServerSocket socket = new ServerSocket(0)) {
            freePort = socket.getLocalPort();
        }
        var failure = assertThrows(CompletionException.class, () -> open(new Address("127.0.0.1", freePort)));
        assertInstanceOf(IOException.class, failure.getCause());
    }

    private Link open(Address core) {
        return Link.open(dialer, core, ClientMessage.PATH, codec, heard).join();
    }

    private static Message message(int number, int size) {
        return new WorkerMessage.Refused(new JobId("j") + "-" + number + "x".repeat(size));
    }

    private static final class Heard implements Link.Listener {
        private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
        private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
        private volatile boolean refuse;

        @Override
        public void received(Link link, Message message) {
            if (refuse) {
                throw new IllegalStateException("refused");
            }
            messages.add(message);
        }

        @Override
        public void closed(Link link, String why) {
            ends.add(why);
        }

        Message next() throws InterruptedException {
            return messages.poll(20, TimeUnit.SECONDS);
        }

        String end() throws InterruptedException {
            return ends.poll(20, TimeUnit.SECONDS);
        }
    }
}
