package io.flockwork.sdk.blob;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.model.BlobId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes into a store comes out the same, in whole and in slices, or not at all. */
class BlobStoreTest {
    private static final int MIB = Manifest.PIECE_BYTES;

    @TempDir
    Path folder;

    @Test
    void blobsComeBackWholeAndInSlices() throws IOException {
        Random random = new Random(1);
        BlobStore store = BlobStore.open(folder);
        for (int size : new int[] {0, 1, MIB - 1, MIB, MIB + 1, 3 * MIB, 3 * MIB + 17}) {
            byte[] bytes = random(size, random);
            Manifest manifest = store.add(bytes);
            assertEquals(Manifest.of(bytes), manifest);
            assertTrue(store.complete(manifest.id()));
            assertEquals(Optional.of(manifest), BlobStore.open(folder).manifest(manifest.id()));
            try (InputStream in = store.open(manifest)) {
                assertArrayEquals(bytes, in.readAllBytes());
            }
            for (int i = 0; i < 50; i++) {
                int offset = random.nextInt(size + 1);
                int length = random.nextInt(size - offset + 1);
                assertArrayEquals(
                        Arrays.copyOfRange(bytes, offset, offset + length), store.read(manifest, offset, length));
            }
            assertThrows(IndexOutOfBoundsException.class, () -> store.read(manifest, size, 1));
        }
    }

    @Test
    void aFileIsKeptAsItsBytesAre() throws IOException {
        byte[] bytes = random(2 * MIB + 5, new Random(2));
        Path file = Files.write(folder.resolve("input"), bytes);
        Manifest manifest = BlobStore.open(folder.resolve("store")).add(file);
        assertEquals(Manifest.of(bytes), manifest);
    }

    @Test
    void aBlobFetchedPieceByPieceBecomesComplete() throws IOException {
        byte[] bytes = random(2 * MIB + 5, new Random(3));
        BlobStore from = BlobStore.open(folder.resolve("from"));
        BlobStore to = BlobStore.open(folder.resolve("to"));
        Manifest manifest = from.add(bytes);
        to.putManifest(manifest);
        assertEquals(manifest.pieces(), List.copyOf(to.missing(manifest)));
        assertThrows(MissingPieceException.class, () -> to.read(manifest, 0, 1));
        for (BlobId piece : manifest.pieces()) {
            assertFalse(to.complete(manifest.id()));
            assertFalse(to.hasPiece(piece));
            to.putPiece(piece, from.piece(piece).orElseThrow());
            assertTrue(to.hasPiece(piece));
        }
        assertTrue(to.complete(manifest.id()));
        assertArrayEquals(bytes, to.read(manifest, 0, bytes.length));
    }

    @Test
    void whatIsKeptIsCountedAcrossRestarts() throws IOException {
        BlobStore store = BlobStore.open(folder);
        assertEquals(0, store.bytes());
        byte[] small = random(1000, new Random(7));
        store.add(small);
        store.add(small);
        assertEquals(1000, store.bytes());
        Manifest large = store.add(random(2 * MIB, new Random(8)));
        long all = 1000 + 2 * MIB + large.encode().length;
        assertEquals(all, store.bytes());
        assertEquals(all, BlobStore.open(folder).bytes());
    }

    @Test
    void whatIsNotNeededGoesTheOldestFirst() throws IOException {
        BlobStore store = BlobStore.open(folder);
        List<Manifest> blobs = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Manifest blob = store.add(random(2 * MIB, new Random(10 + i)));
            store.touch(blob, 1_000 * (i + 1));
            blobs.add(blob);
        }
        // The second stays because it is needed, the first because it was wanted again, the last for it is young.
        store.touch(blobs.get(0), 5_500);
        Set<BlobId> gone = store.shrink(0, Set.of(blobs.get(1).id()), 5_200);
        for (int i : new int[] {2, 3, 4}) {
            assertTrue(
                    gone.contains(blobs.get(i).id())
                            && gone.containsAll(blobs.get(i).pieces()),
                    "" + i);
            assertFalse(store.hasPiece(blobs.get(i).pieces().get(0)));
            assertTrue(store.manifest(blobs.get(i).id()).isEmpty());
        }
        for (int i : new int[] {0, 1, 5}) {
            assertTrue(store.complete(blobs.get(i).id()), "" + i);
        }
        assertEquals(BlobStore.open(folder).bytes(), store.bytes());
        assertEquals(Set.of(), store.shrink(store.bytes(), Set.of(), Long.MAX_VALUE));
        Set<BlobId> oldest = store.shrink(store.bytes() - 1, Set.of(), Long.MAX_VALUE);
        assertEquals(1, oldest.size());
        assertTrue(blobs.get(1).pieces().containsAll(oldest), "the second is the oldest now");
    }

    @Test
    void wrongBytesForAPieceAreRefused() throws IOException {
        BlobStore store = BlobStore.open(folder);
        byte[] bytes = random(1000, new Random(4));
        BlobId id = new BlobHasher().idOf(bytes);
        for (int bit = 0; bit < 8 * bytes.length; bit += 37) {
            byte[] wrong = bytes.clone();
            wrong[bit / 8] ^= (byte) (1 << bit % 8);
            assertThrows(IllegalArgumentException.class, () -> store.putPiece(id, wrong));
        }
        assertFalse(store.hasPiece(id));
    }

    @Test
    void damagedFilesCountAsAbsentAndCanBePutAgain() throws IOException {
        byte[] bytes = random(MIB + 100, new Random(5));
        Manifest manifest = BlobStore.open(folder).add(bytes);
        List<Path> files = files();
        assertEquals(3, files.size());
        for (Path file : files) {
            byte[] good = Files.readAllBytes(file);
            for (byte[] bad : List.of(flipped(good), Arrays.copyOf(good, good.length - 1), new byte[0], longer(good))) {
                Files.write(file, bad);
                BlobStore store = BlobStore.open(folder);
                assertFalse(readable(store, manifest), file::toString);
                assertFalse(store.complete(manifest.id()));
                assertFalse(Files.exists(file));
                store.add(bytes);
                assertTrue(readable(store, manifest));
            }
        }
    }

    @Test
    void aManifestThatNoBytesFitGivesWayToTheRightOne() throws IOException {
        byte[] bytes = random(4 * MIB, new Random(6));
        Manifest right = Manifest.of(bytes);
        BlobId left = new BlobHasher().root(right.pieces().subList(0, 2));
        BlobId rest = new BlobHasher().root(right.pieces().subList(2, 4));
        Manifest wrong = new Manifest(right.id(), 2 * MIB, List.of(left, rest));
        BlobStore store = BlobStore.open(folder);
        store.putManifest(wrong);
        assertFalse(store.complete(right.id()));
        store.add(bytes);
        store.putManifest(wrong);
        assertEquals(Optional.of(right), store.manifest(right.id()));
        assertTrue(store.complete(right.id()));
    }

    @Test
    void aManifestThatLiesAboutItsSizeNeverGivesBytes() throws IOException {
        byte[] bytes = random(MIB + 10, new Random(7));
        BlobStore store = BlobStore.open(folder);
        Manifest right = store.add(bytes);
        Manifest longer = new Manifest(right.id(), right.size() + 1, right.pieces());
        assertEquals(Set.of(right.pieces().get(1)), store.missing(longer));
        assertThrows(IOException.class, () -> store.read(longer, MIB, 1));
    }

    @Test
    void whatACrashLeftUnfinishedIsRemoved() throws IOException {
        BlobStore.open(folder);
        Path leftover = Files.write(folder.resolve("pieces/unfinished/leftover"), new byte[9]);
        BlobStore.open(folder);
        assertFalse(Files.exists(leftover));
    }

    @Test
    void callersMayChangeThePieceTheyGot() throws IOException {
        BlobStore store = BlobStore.open(folder);
        byte[] bytes = random(100, new Random(8));
        Manifest manifest = store.add(bytes);
        Arrays.fill(store.piece(manifest.id()).orElseThrow(), (byte) 0);
        assertArrayEquals(bytes, store.piece(manifest.id()).orElseThrow());
    }

    @Test
    void slicesOfARecentPieceNeedNoDisk() throws IOException {
        BlobStore store = BlobStore.open(folder);
        byte[] bytes = random(1000, new Random(9));
        Manifest manifest = store.add(bytes);
        store.read(manifest, 0, 1);
        for (Path file : files()) {
            Files.delete(file);
        }
        assertArrayEquals(Arrays.copyOfRange(bytes, 10, 20), store.read(manifest, 10, 10));
    }

    @Test
    void manyThreadsAddAndReadTheSameBlobs() throws Exception {
        BlobStore store = BlobStore.open(folder);
        byte[] bytes = random(2 * MIB + 3, new Random(10));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> all = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                all.add(threads.submit(() -> {
                    Manifest manifest = store.add(bytes);
                    return Arrays.equals(bytes, store.read(manifest, 0, bytes.length));
                }));
            }
            for (Future<Boolean> one : all) {
                assertTrue(one.get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean readable(BlobStore store, Manifest manifest) throws IOException {
        if (store.manifest(manifest.id()).isEmpty()) {
            return false;
        }
        try (InputStream in = store.open(manifest)) {
            return in.readAllBytes().length == manifest.size();
        } catch (MissingPieceException damaged) {
            return false;
        }
    }

    private List<Path> files() {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] flipped(byte[] good) {
        byte[] bad = good.clone();
        bad[bad.length / 2] ^= 4;
        return bad;
    }

    private static byte[] longer(byte[] good) {
        return Arrays.copyOf(good, good.length + 1);
    }

    private static byte[] random(int size, Random random) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }
}
