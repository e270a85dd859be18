package io.flockwork.worker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.identity.Credentials;
import io.flockwork.sdk.identity.Membership;
import io.flockwork.sdk.identity.RevocationList;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.Address;
import io.flockwork.worker.lease.Dishonesty;
import io.flockwork.worker.runtime.SandboxChoice;
import io.flockwork.worker.runtime.TrustedJars;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker that looks for its grid: it says so to its user, and ends when the grid does not want it. */
class SeekingTest {
    private final Credentials self = TestMembers.credentials(Role.EDGE);

    @TempDir
    Path dir;

    /** A worker that has been in this grid before, and so looks for it for ever. */
    private WorkerSettings member(Address coordinator) throws IOException {
        new Membership(self, coordinator).save(dir.resolve("identity"));
        Files.writeString(dir.resolve("gateways"), "127.0.0.1:1\n");
        return new WorkerSettings(
                Optional.empty(),
                Optional.empty(),
                dir,
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                1,
                1L << 30,
                OptionalLong.empty(),
                Labels.NONE,
                TrustedJars.none(),
                SandboxChoice.OFF,
                Optional.empty(),
                false,
                Dishonesty.NONE,
                Optional.empty());
    }

    @Test
    void whileItSeeksItsUserMayAskAndPauseIt() throws Exception {
        WorkerSettings settings = member(new Address("127.0.0.1", 1));
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        Thread seeking =
                new Thread(() -> end.complete(assertThrows(InterruptedException.class, () -> Worker.start(settings))));
        seeking.start();
        try {
            String report = await().ignoreExceptions().until(() -> said("{\"do\":\"status\"}"), said -> true);
            assertTrue(report.contains("no core is reached: 127.0.0.1:1 does not answer"), report);
            said("{\"do\":\"pause\"}");
            assertTrue(said("{\"do\":\"status\"}").contains("\"paused\":true"));
        } finally {
            seeking.interrupt();
        }
        end.join();
        assertTrue(Files.notExists(dir.resolve("control").resolve("socket")));
    }

    private String said(String asked) throws IOException {
        Path socket = dir.resolve("control").resolve("socket");
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.write(ByteBuffer.wrap((asked + "\n").getBytes(StandardCharsets.UTF_8)));
            ByteBuffer answer = ByteBuffer.allocate(64 << 10);
            while (channel.read(answer) >= 0) {
                assertTrue(answer.hasRemaining());
            }
            return new String(answer.array(), 0, answer.position(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void whoIsRefusedAsksWhyAndEnds() throws Exception {
        RevocationList list =
                TestMembers.AUTHORITY.revoke(1, List.of(self.keys().id()));
        Vertx vertx = Vertx.vertx();
        try {
            int port = vertx.createHttpServer(TestMembers.server())
                    .requestHandler(request -> {
                        boolean why = request.path().equals("/revocations");
                        request.response().setStatusCode(why ? 200 : 403).end(why ? list.text() : "no");
                    })
                    .listen(0, "127.0.0.1")
                    .await()
                    .actualPort();
            WorkerSettings settings = member(new Address("127.0.0.1", port));
            assertThrows(RevokedException.class, () -> Worker.start(settings));
            assertEquals(list.text(), Files.readString(dir.resolve("revoked")));
        } finally {
            vertx.close().await();
        }
    }
}
