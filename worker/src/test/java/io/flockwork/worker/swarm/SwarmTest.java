package io.flockwork.worker.swarm;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.blob.BlobStore;
import io.flockwork.sdk.blob.Manifest;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.NamedBlob;
import io.flockwork.sdk.wire.BlobClient;
import io.flockwork.sdk.wire.Dialer;
import io.flockwork.worker.TestMembers;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where bytes come from: any holder that has the right ones, once; and that what is published is on two nodes. */
class SwarmTest {
    private final Vertx vertx = Vertx.vertx();
    private final Dialer dialer = new Dialer(TestMembers.tls(Role.CORE));
    private final byte[] bytes = new byte[3 * Manifest.PIECE_BYTES + 17];
    private final FakeHolders holders = new FakeHolders();
    private Manifest manifest;
    private Swarm swarm;

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws IOException {
        new Random(3).nextBytes(bytes);
        manifest = Manifest.of(bytes);
        swarm = new Swarm(
                BlobStore.open(folder.resolve("store")),
                folder.resolve("scratch"),
                new Address("127.0.0.1", 1),
                holders,
                new BlobClient(dialer));
    }

    @AfterEach
    void end() {
        dialer.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void fetchesFromAnotherHolderAndOnlyOnce() throws IOException {
        HolderServer holder = holder(false);
        assertArrayEquals(bytes, readAll());
        assertArrayEquals(bytes, readAll());
        assertEquals(manifest.pieces().size(), holder.pieceRequests.get());
        assertEquals(OptionalLong.of(bytes.length), swarm.size(manifest.id()));
        assertEquals(bytes.length, swarm.fetchedBytes());
    }

    @Test
    void aSliceBringsThePiecesItTouchesAndNoOthers() throws IOException {
        HolderServer holder = holder(false);
        byte[] slice = swarm.view(manifest.id()).read(Manifest.PIECE_BYTES - 10L, 20);
        assertArrayEquals(Arrays.copyOfRange(bytes, Manifest.PIECE_BYTES - 10, Manifest.PIECE_BYTES + 10), slice);
        assertEquals(2, holder.pieceRequests.get());
        assertEquals(OptionalLong.empty(), swarm.size(manifest.id()), "not complete yet");
        BlobView view = swarm.view(manifest.id());
        assertThrows(IOException.class, () -> view.read(bytes.length - 1, 2));
        assertThrows(IOException.class, () -> view.read(Long.MAX_VALUE, 2));
        assertThrows(IOException.class, () -> view.read(-1, 1));
    }

    @Test
    void aHolderThatSendsOtherBytesIsPassedOverForTheNext() throws IOException {
        HolderServer liar = holder(true);
        HolderServer honest = holder(false);
        assertArrayEquals(bytes, readAll());
        assertTrue(liar.pieceRequests.get() > 0);
        assertEquals(manifest.pieces().size(), honest.pieceRequests.get());
    }

    @Test
    void aHolderThatIsGoneIsPassedOverToo() throws IOException {
        holders.known.add(new Address("127.0.0.1", 1));
        holder(false);
        assertArrayEquals(bytes, readAll());
    }

    @Test
    void whereNobodyHasTheRightBytesThatIsSaid() {
        BlobId nobodys = new BlobId("5".repeat(64));
        assertEquals(
                "nobody has blob " + nobodys,
                assertThrows(IOException.class, () -> swarm.manifest(nobodys)).getMessage());
        holder(true);
        assertThrows(IOException.class, this::readAll);
        assertThrows(IOException.class, this::readAll, "a failure is not remembered as a fetch under way");
    }

    @Test
    void manyReadersOfOnePieceMakeOneRequest() throws Exception {
        HolderServer slow = new HolderServer(vertx, bytes, false);
        holders.known.add(slow.address);
        Manifest known = swarm.manifest(manifest.id());
        ExecutorService readers = Executors.newFixedThreadPool(8);
        try {
            List<CompletableFuture<byte[]>> reads = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                reads.add(CompletableFuture.supplyAsync(() -> piece(known), readers));
            }
            await().until(() -> slow.pieceRequests.get() > 0);
            slow.gate.complete(null);
            for (CompletableFuture<byte[]> read : reads) {
                assertArrayEquals(Arrays.copyOf(bytes, Manifest.PIECE_BYTES), read.join());
            }
            assertEquals(1, slow.pieceRequests.get());
        } finally {
            readers.shutdownNow();
        }
    }

    private byte[] piece(Manifest known) {
        try {
            return swarm.piece(known, 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Test
    void whatIsPublishedIsAnnouncedOnceASecondNodeHasIt() throws IOException {
        HolderServer unwilling = new HolderServer(vertx, bytes, true);
        HolderServer willing = new HolderServer(vertx, bytes, false);
        holders.spares = List.of(unwilling.address, willing.address);
        NamedBlob blob = swarm.publish("results", new ByteArrayInputStream(bytes));
        assertEquals(new NamedBlob("results", manifest.id(), bytes.length), blob);
        assertEquals(1, unwilling.copyRequests.get());
        assertEquals(1, willing.copyRequests.get());
        assertTrue(holders.announced.contains(manifest.id()));
    }

    @Test
    void whatNoSecondNodeTakesIsNotAnnounced() {
        holders.spares = List.of(new HolderServer(vertx, bytes, true).address);
        assertThrows(IOException.class, () -> swarm.publish("results", new ByteArrayInputStream(bytes)));
        assertTrue(holders.announced.isEmpty());
    }

    @Test
    void aCopyIsFetchedWholeAndAnnounced() throws IOException {
        HolderServer holder = holder(false);
        swarm.keepCopy(manifest.id(), holder.address);
        assertEquals(OptionalLong.of(bytes.length), swarm.size(manifest.id()));
        assertTrue(holders.announced.contains(manifest.id()));
    }

    private HolderServer holder(boolean lies) {
        HolderServer holder = new HolderServer(vertx, bytes, lies);
        holder.gate.complete(null);
        holders.known.add(holder.address);
        return holder;
    }

    private byte[] readAll() throws IOException {
        try (InputStream in = swarm.open(manifest.id())) {
            return in.readAllBytes();
        }
    }

    /** Who has what, as the test says. */
    private static final class FakeHolders implements Holders {
        final List<Address> known = new ArrayList<>();
        final Collection<BlobId> announced = ConcurrentHashMap.newKeySet();
        List<Address> spares = List.of();

        @Override
        public CompletionStage<List<Address>> of(BlobId blob) {
            return CompletableFuture.completedStage(List.copyOf(known));
        }

        @Override
        public CompletionStage<Void> announce(Collection<BlobId> blobs) {
            announced.addAll(blobs);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public List<Address> spares() {
            return spares;
        }
    }
}
