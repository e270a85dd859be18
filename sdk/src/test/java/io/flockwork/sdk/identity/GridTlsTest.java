package io.flockwork.sdk.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

/** Two ends of a real connection: who speaks with whom, and who does not. */
class GridTlsTest {
    private static final int PATIENCE_MILLIS = 20_000;

    private final GridTls core = TestMembers.of(Role.CORE);
    private final GridTls edge = TestMembers.of(Role.EDGE);

    @Test
    void membersSpeakWithEachOther() throws Exception {
        assertEquals(Role.EDGE, meet(core, EnumSet.of(Role.EDGE), edge.context(GridTls.SERVERS)));
    }

    @Test
    void aRoleThatIsNotExpectedIsRefusedByTheServer() {
        assertRefused(core, EnumSet.of(Role.CORE), edge.context(GridTls.SERVERS), "a certificate of role edge");
    }

    @Test
    void aServerThatIsNoneIsRefusedByWhoDials() {
        SSLContext dialling = TestMembers.of(Role.SUBMIT).context(GridTls.SERVERS);
        SSLException refused = assertThrows(SSLException.class, () -> {
            try (Pair pair = new Pair(edge, EnumSet.allOf(Role.class), dialling)) {
                pair.client.startHandshake();
            }
        });
        assertTrue(refused.getMessage().contains("a certificate of role edge is not for this"), refused.toString());
    }

    @Test
    void aRevokedNodeIsRefused() {
        core.revocations()
                .learn(TestMembers.AUTHORITY.revoke(
                        1, Set.of(edge.credentials().keys().id())));
        assertRefused(core, EnumSet.allOf(Role.class), edge.context(GridTls.SERVERS), "has been revoked");
    }

    @Test
    void anotherGridsMemberIsRefused() {
        GridTls foreign =
                new GridTls(Authority.create(Instant.now()).enrol(NodeKeys.generate(), Role.EDGE, "x", Instant.now()));
        assertThrows(
                CompletionException.class,
                () -> meet(core, EnumSet.allOf(Role.class), foreign.context(GridTls.SERVERS)));
        // It shows a certificate of this grid, and cannot sign with its key.
        Credentials stolen = new Credentials(
                NodeKeys.generate(),
                edge.credentials().certificate(),
                edge.credentials().authority());
        assertThrows(
                CompletionException.class,
                () -> meet(core, EnumSet.allOf(Role.class), new GridTls(stolen).context(GridTls.SERVERS)));
    }

    @Test
    void whoShowsNothingIsRefused() throws Exception {
        GridTls coordinator = TestMembers.of(Role.COORDINATOR);
        SSLContext newcomer = GridTls.joining(TestMembers.AUTHORITY.grid());
        CompletionException refused =
                assertThrows(CompletionException.class, () -> meet(coordinator, EnumSet.allOf(Role.class), newcomer));
        assertTrue(refused.getCause() instanceof SSLException, refused.toString());
    }

    @Test
    void aNewcomerTrustsTheCoordinatorOfItsLinksGridOnly() {
        SSLContext newcomer = GridTls.joining(TestMembers.AUTHORITY.grid());
        Authority foreign = Authority.create(Instant.now());
        GridTls elsewhere = new GridTls(foreign.enrol(NodeKeys.generate(), Role.COORDINATOR, "x", Instant.now()));
        assertTrue(handshakeFailure(elsewhere, newcomer).getCause() instanceof ForeignGridException);
        assertTrue(handshakeFailure(core, newcomer).getMessage().contains("is not the grid's coordinator"));
    }

    private static SSLException handshakeFailure(GridTls server, SSLContext client) {
        return assertThrows(SSLException.class, () -> {
            try (Pair pair = new Pair(server, EnumSet.allOf(Role.class), client)) {
                pair.client.startHandshake();
            }
        });
    }

    @Test
    void plainTextIsRefused() throws Exception {
        try (SSLServerSocket listening = Pair.listen(core, EnumSet.allOf(Role.class));
                Socket plain = new Socket(listening.getInetAddress(), listening.getLocalPort())) {
            plain.setSoTimeout(PATIENCE_MILLIS);
            CompletableFuture<Integer> served = Pair.serve(listening);
            plain.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes());
            CompletionException refused = assertThrows(CompletionException.class, served::join);
            assertTrue(refused.getCause() instanceof SSLException, refused.toString());
        }
    }

    private static void assertRefused(GridTls server, Set<Role> roles, SSLContext client, String why) {
        CompletionException refused = assertThrows(CompletionException.class, () -> meet(server, roles, client));
        assertTrue(String.valueOf(refused.getCause()).contains(why), refused.toString());
    }

    /** The role of the one who dials, as the server sees it; else how the server failed. */
    private static Role meet(GridTls server, Set<Role> roles, SSLContext client) throws Exception {
        try (Pair pair = new Pair(server, roles, client)) {
            try (SSLSocket dialled = pair.client) {
                dialled.getOutputStream().write(1);
                dialled.getInputStream().read();
            } catch (IOException hungUp) {
                assertThrows(CompletionException.class, pair.served::join, hungUp.toString());
            }
            return Role.values()[pair.served.orTimeout(20, TimeUnit.SECONDS).join()];
        }
    }

    /** Two ends of one connection. */
    private static final class Pair implements AutoCloseable {
        private final SSLServerSocket listening;
        private final CompletableFuture<Integer> served;
        private final SSLSocket client;

        Pair(GridTls server, Set<Role> roles, SSLContext dialling) throws IOException {
            listening = listen(server, roles);
            served = serve(listening);
            client = (SSLSocket)
                    dialling.getSocketFactory().createSocket(listening.getInetAddress(), listening.getLocalPort());
            client.setSoTimeout(PATIENCE_MILLIS);
        }

        static SSLServerSocket listen(GridTls server, Set<Role> roles) throws IOException {
            SSLServerSocket socket = (SSLServerSocket) server.context(roles)
                    .getServerSocketFactory()
                    .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
            socket.setNeedClientAuth(true);
            return socket;
        }

        /** Takes one connection; gives the role that came. */
        static CompletableFuture<Integer> serve(SSLServerSocket listening) {
            return CompletableFuture.supplyAsync(() -> {
                try (SSLSocket socket = (SSLSocket) listening.accept()) {
                    socket.setSoTimeout(PATIENCE_MILLIS);
                    socket.startHandshake();
                    socket.getInputStream().read();
                    socket.getOutputStream().write(1);
                    return Peer.of(socket.getSession()).role().ordinal();
                } catch (Exception failed) {
                    throw new CompletionException(failed);
                }
            });
        }

        @Override
        public void close() throws IOException {
            client.close();
            listening.close();
        }
    }
}
