package io.flockwork.worker.mesh;

import static io.flockwork.worker.mesh.MeshContract.eventually;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.core.HazelcastInstance;
import io.flockwork.sdk.identity.Authority;
import io.flockwork.sdk.identity.GridTls;
import io.flockwork.sdk.identity.NodeKeys;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.NodeId;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a member does with sockets that are no members'. */
class MeshDoorTest {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final TlsLimits HURRIED = new TlsLimits(Duration.ofMillis(300), Duration.ofSeconds(1), 6, 4);

    private final TestCores grid = new TestCores();
    private final List<Socket> sockets = new ArrayList<>();

    @AfterEach
    void endAll() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        grid.endAll();
    }

    private HazelcastInstance member(MeshSettings settings, TlsLimits limits) {
        return grid.start(settings, settings.tls(), limits);
    }

    private static MeshDoor doorOf(HazelcastInstance member) {
        return ((MeshNodeExtension) TestCores.node(member).getNodeExtension()).door();
    }

    private Socket dial(MeshSettings settings) throws IOException {
        Address address = settings.self().mesh();
        Socket socket = new Socket(address.host(), address.port());
        sockets.add(socket);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        return socket;
    }

    private SSLSocket dial(MeshSettings settings, GridTls tls) throws IOException {
        return dial(settings, tls.context(EnumSet.of(Role.CORE)));
    }

    private SSLSocket dial(MeshSettings settings, SSLContext context) throws IOException {
        Socket plain = dial(settings);
        SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket(plain, "core", settings.self().mesh().port(), true);
        socket.setEnabledProtocols(new String[] {GridTls.PROTOCOL});
        return socket;
    }

    /** Everything the member still says. */
    private static byte[] rest(Socket socket) throws IOException {
        try {
            return socket.getInputStream().readAllBytes();
        } catch (SocketException reset) {
            return new byte[0];
        }
    }

    @Test
    void aSilentPeerIsDroppedInTime() throws IOException {
        MeshSettings settings = grid.settings();
        HazelcastInstance member = member(settings, HURRIED);
        assertEquals(0, rest(dial(settings)).length);
        eventually(() -> nothingIsLeft(member));
    }

    @Test
    void aDribblingPeerIsDroppedInTime() throws IOException {
        MeshSettings settings = grid.settings();
        HazelcastInstance member = member(settings, HURRIED);
        Socket peer = dial(settings);
        peer.getOutputStream().write(new byte[] {22, 3, 1, 0x40, 0});
        eventually(() -> isDroppedAtTheNextByte(peer));
        eventually(() -> nothingIsLeft(member));
    }

    private static boolean isDroppedAtTheNextByte(Socket peer) {
        try {
            peer.getOutputStream().write(0);
            return false;
        } catch (IOException dropped) {
            return true;
        }
    }

    private static boolean nothingIsLeft(HazelcastInstance member) {
        return doorOf(member).halfOpen().total() == 0
                && doorOf(member).isEmpty()
                && TestCores.node(member).getServer().getConnections().isEmpty();
    }

    @Test
    void plainTextIsRefused() throws IOException {
        MeshSettings settings = grid.settings();
        HazelcastInstance member = member(settings, TestCores.LIMITS);
        for (String greeting :
                List.of("HZC\0\0\0\0", "CP2......", "GET / HTTP/1.1\r\n\r\n", "version\r\n", "\0\0\0\0\0\0\0\0")) {
            Socket peer = dial(settings);
            peer.getOutputStream().write(greeting.getBytes(US_ASCII));
            byte[] answer = rest(peer);
            assertTrue(answer.length == 0 || answer[0] == 21, greeting + " is answered by an alert at most");
        }
        eventually(() -> nothingIsLeft(member));
    }

    @Test
    void onlyCoresOfThisGridGetThrough() throws IOException {
        MeshSettings settings = grid.settings();
        member(settings, TestCores.LIMITS);
        Authority other = Authority.create(Instant.now());
        GridTls foreign = new GridTls(other.enrol(NodeKeys.generate(), Role.CORE, "x", Instant.now()));
        assertThrows(IOException.class, () -> talk(dial(settings, foreign), "HZC"));
        for (Role role : EnumSet.complementOf(EnumSet.of(Role.CORE))) {
            String refusal = refusal(settings, grid.tls(role));
            assertTrue(refusal.contains("certificate"), role + ": " + refusal);
        }
        assertArrayEquals("HZC".getBytes(US_ASCII), talk(dial(settings, grid.tls(Role.CORE)), "HZC"));
    }

    @Test
    void evenACoreSpeaksNothingButTheMembersProtocol() throws IOException {
        MeshSettings settings = grid.settings();
        member(settings, TestCores.LIMITS);
        for (String greeting : List.of("CP2", "GET /hazelcast HTTP/1.1\r\n\r\n", "version\r\n", "XYZ")) {
            SSLSocket peer = dial(settings, grid.tls(Role.CORE));
            assertArrayEquals("HZX".getBytes(US_ASCII), talk(peer, greeting), greeting);
        }
    }

    /**
     * What somebody who is refused hears. The refusal may come while it still writes the rest of its handshake, and the socket's end
     * then overtakes the words: so it dials until it has heard them.
     */
    private String refusal(MeshSettings settings, GridTls stranger) throws IOException {
        for (int dialled = 0; dialled < 100; dialled++) {
            SSLSocket peer = dial(settings, stranger);
            try {
                peer.startHandshake();
                throw new AssertionError(
                        "it is let in, and hears " + peer.getInputStream().read());
            } catch (SSLException told) {
                return told.getMessage();
            } catch (SocketException overtaken) {
                peer.close();
            }
        }
        throw new AssertionError("it never hears why");
    }

    private static byte[] talk(SSLSocket peer, String greeting) throws IOException {
        peer.startHandshake();
        peer.getOutputStream().write(greeting.getBytes(US_ASCII));
        return peer.getInputStream().readNBytes(3);
    }

    @Test
    void whoLeavesSaysGoodbyeAndWhoHearsItAnswers() throws IOException {
        MeshSettings settings = grid.settings();
        HazelcastInstance member = member(settings, TestCores.LIMITS);
        SSLSocket leaving = dial(settings, grid.tls(Role.CORE));
        assertEquals(3, talk(leaving, "HZC").length);
        leaving.shutdownOutput();
        assertEquals(-1, leaving.getInputStream().read(), "an end without close_notify would be an exception");

        SSLSocket left = dial(settings, grid.tls(Role.CORE));
        assertEquals(3, talk(left, "HZC").length);
        CompletableFuture<Void> shutdown = CompletableFuture.runAsync(member::shutdown);
        assertEquals(-1, left.getInputStream().read());
        left.close();
        shutdown.join();
    }

    @Test
    void strangersTakeNoMoreThanTheirShare() throws IOException {
        MeshSettings settings = grid.settings();
        TlsLimits few = new TlsLimits(Duration.ofSeconds(10), Duration.ofSeconds(1), 6, 4);
        HazelcastInstance member = member(settings, few);
        List<Socket> silent = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            silent.add(dial(settings));
        }
        eventually(() -> doorOf(member).halfOpen().total() == 4);
        for (int i = 0; i < 20; i++) {
            assertEquals(0, rest(dial(settings)).length, "closed at once");
        }
        silent.get(0).close();
        eventually(() -> doorOf(member).halfOpen().total() == 3);
        assertEquals(3, talk(dial(settings, grid.tls(Role.CORE)), "HZC").length, "there is room again");
        assertFalse(nothingIsLeft(member));
    }

    @Test
    void aFloodOfHandshakesDoesNotPartTheMesh() throws IOException {
        MeshSettings one = grid.settings();
        HazelcastInstance first = member(one, TestCores.LIMITS);
        HazelcastInstance second = grid.start(grid.settings(one.self().mesh()));
        GridTls stranger = grid.tls(Role.EDGE);
        for (int i = 0; i < 100; i++) {
            try (SSLSocket peer = dial(one, stranger)) {
                assertThrows(IOException.class, () -> talk(peer, "HZC"));
            }
            second.getMap("m").set(i, i);
        }
        assertEquals(100, first.getMap("m").size());
        assertEquals(2, TestCores.size(first));
    }

    @Test
    void aSessionFromBeforeTheRevocationIsOfNoUse() throws IOException {
        MeshSettings settings = grid.settings();
        member(settings, TestCores.LIMITS);
        GridTls core = grid.tls(Role.CORE);
        SSLContext remembering = core.context(EnumSet.of(Role.CORE));
        try (SSLSocket before = dial(settings, remembering)) {
            assertEquals(3, talk(before, "HZC").length);
        }
        NodeId node = core.credentials().self().id();
        assertTrue(settings.tls().revocations().learn(grid.authority.revoke(1, List.of(node))));
        SSLSocket after = dial(settings, remembering);
        assertThrows(IOException.class, () -> talk(after, "HZC"));
    }
}
