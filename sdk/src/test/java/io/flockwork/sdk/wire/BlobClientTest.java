package io.flockwork.sdk.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.flockwork.sdk.blob.BlobStore;
import io.flockwork.sdk.blob.Manifest;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.identity.TestMembers;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.BlobId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No core's answer is believed before it was checked, nor read beyond the length that it can have. */
class BlobClientTest {
    private static final byte[] BLOB = new byte[Manifest.PIECE_BYTES + 10];
    private static final Manifest MANIFEST = Manifest.of(BLOB);

    private final Dialer dialer = new Dialer(TestMembers.of(Role.SUBMIT));
    private final BlobClient client = new BlobClient(dialer);
    private HttpsServer server;
    private Address core;

    @BeforeEach
    void start() throws IOException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(
                new HttpsConfigurator(TestMembers.of(Role.CORE).context(EnumSet.allOf(Role.class))));
        server.start();
        core = new Address("127.0.0.1", server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        server.stop(0);
        dialer.close();
    }

    @Test
    void whatIsRightIsHandedOn() {
        answer("/blobs/" + MANIFEST.id(), 200, MANIFEST.encode());
        answer("/blobs/" + MANIFEST.id() + "/pieces/1", 200, new byte[10]);
        assertEquals(MANIFEST, client.manifest(core, MANIFEST.id()).join());
        assertArrayEquals(new byte[10], client.piece(core, MANIFEST, 1).join());
    }

    @Test
    void anotherBlobsManifestIsRefused() {
        answer("/blobs/", 200, Manifest.of(new byte[3]).encode());
        assertTrue(failure(client.manifest(core, MANIFEST.id()))
                .getMessage()
                .startsWith("the pieces of this manifest do not make"));
    }

    @Test
    void otherBytesThanThePieceAreRefused() {
        answer("/blobs/", 200, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
        assertTrue(failure(client.piece(core, MANIFEST, 1)).getMessage().contains("sent other bytes than piece 1"));
    }

    @Test
    void moreBytesThanThereCanBeAreNotRead() {
        answer("/blobs/", 200, new byte[3 * Manifest.PIECE_BYTES]);
        IOException failure = failure(client.piece(core, MANIFEST, 0));
        assertTrue(failure.toString().contains("an answer of more than " + Manifest.PIECE_BYTES), failure.toString());
    }

    @Test
    void anUnknownBlobIsToldApart() {
        answer("/blobs/", 404, new byte[0]);
        assertInstanceOf(UnknownBlobException.class, failure(client.manifest(core, MANIFEST.id())));
    }

    @Test
    void whatACoreComplainsOfIsPassedOn() {
        answer("/blobs/", 507, "the disk is full".getBytes());
        assertEquals(
                core + " answered 507: the disk is full",
                failure(client.manifest(core, MANIFEST.id())).getMessage());
    }

    @Test
    void aCoreThatKeepsNothingIsNotFedForEver(@TempDir Path folder) throws IOException {
        BlobStore store = BlobStore.open(folder);
        Outgoing blob = Outgoing.from(store, store.add(BLOB));
        answer("/blobs/", 200, MANIFEST.pieces().get(0).digest());
        answer("/pieces/", 204, new byte[0]);
        assertEquals(
                core + " does not keep what it is sent",
                failure(client.upload(core, List.of(blob))).getMessage());
    }

    @Test
    void aCoreThatWantsAStrangersPieceGetsNothing(@TempDir Path folder) throws IOException {
        BlobStore store = BlobStore.open(folder);
        Outgoing blob = Outgoing.from(store, store.add(BLOB));
        answer("/blobs/", 200, new BlobId("00".repeat(32)).digest());
        assertTrue(failure(client.upload(core, List.of(blob))).getMessage().contains("wants a piece that is not of"));
    }

    private void answer(String path, int status, byte[] body) {
        server.createContext(path, exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private static IOException failure(CompletableFuture<?> future) {
        CompletionException failed = assertThrows(CompletionException.class, future::join);
        return assertInstanceOf(IOException.class, failed.getCause());
    }
}
