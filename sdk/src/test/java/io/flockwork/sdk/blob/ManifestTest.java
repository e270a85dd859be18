package io.flockwork.sdk.blob;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.flockwork.sdk.model.BlobId;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** A blob's id is the RFC 6962 root of its pieces, and no other manifest or damaged one passes for it. */
class ManifestTest {
    private static final int MIB = Manifest.PIECE_BYTES;

    @Test
    void theEmptyBlobIsOneEmptyPiece() {
        Manifest empty = Manifest.of(new byte[0]);
        // SHA-256 of one zero byte
        assertEquals(
                "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                empty.id().hex());
        assertEquals(List.of(empty.id()), empty.pieces());
        assertEquals(0, empty.pieceSize(0));
    }

    @Test
    void fivePiecesHashAsRfc6962Draws() throws Exception {
        byte[] blob = random(4 * MIB + 7);
        byte[][] leaf = new byte[5][];
        for (int i = 0; i < 5; i++) {
            leaf[i] = sha256(new byte[] {0}, Arrays.copyOfRange(blob, i * MIB, Math.min(blob.length, (i + 1) * MIB)));
        }
        byte[] four = node(node(leaf[0], leaf[1]), node(leaf[2], leaf[3]));
        Manifest manifest = Manifest.of(blob);
        assertEquals(BlobId.of(node(four, leaf[4])), manifest.id());
        assertEquals(manifest.id(), new BlobHasher().idOf(blob));
        assertEquals(7, manifest.pieceSize(4));
        assertEquals(MIB, manifest.pieceSize(3));
        assertEquals(4, manifest.pieceAt(4L * MIB));
        assertEquals(3, manifest.pieceAt(4L * MIB - 1));
    }

    @Test
    void aSmallBlobHasItsPieceId() {
        byte[] bytes = random(1000);
        assertEquals(Manifest.of(bytes).id(), new BlobHasher().idOf(bytes));
        assertEquals(Manifest.of(bytes).pieces().get(0), new BlobHasher().idOf(bytes));
    }

    @Property(tries = 20)
    void encodingComesBackTheSame(@ForAll @IntRange(min = 0, max = 3 * 1024 * 1024) int size) {
        Manifest manifest = Manifest.of(random(size));
        assertEquals(manifest, Manifest.decode(manifest.id(), manifest.encode()));
        assertArrayEquals(
                manifest.encode(),
                Manifest.decode(manifest.id(), manifest.encode()).encode());
    }

    @Property
    void aFlippedBitIsRefusedUnlessItNamesAnotherLengthOfTheLastPiece(
            @ForAll @IntRange(min = 0, max = 8 * (8 + 3 * 32) - 1) int bit) {
        Manifest manifest = Manifest.of(Fixture.THREE_PIECES);
        byte[] bytes = manifest.encode();
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        if (bit < Long.SIZE && pieces(ByteBuffer.wrap(bytes).getLong()) == 3) {
            assertEquals(
                    manifest.pieces(), Manifest.decode(manifest.id(), bytes).pieces());
        } else {
            assertThrows(IllegalArgumentException.class, () -> Manifest.decode(manifest.id(), bytes));
        }
    }

    @Property
    void arbitraryBytesAreDecodedOrRefused(@ForAll byte[] bytes) {
        BlobId any = new BlobHasher().idOf(bytes);
        assertThrows(IllegalArgumentException.class, () -> Manifest.decode(any, bytes));
    }

    @Test
    void aHugeClaimIsRefusedBeforeAnythingIsAllocated() {
        byte[] claim = new byte[8];
        Arrays.fill(claim, (byte) 0x7f);
        BlobId any = new BlobHasher().idOf(claim);
        assertThrows(IllegalArgumentException.class, () -> Manifest.decode(any, claim));
    }

    @Test
    void piecesInAnotherOrderAreRefused() {
        Manifest manifest = Manifest.of(Fixture.THREE_PIECES);
        List<BlobId> swapped = List.of(
                manifest.pieces().get(1),
                manifest.pieces().get(0),
                manifest.pieces().get(2));
        assertThrows(IllegalArgumentException.class, () -> new Manifest(manifest.id(), manifest.size(), swapped));
    }

    private static long pieces(long size) {
        return (size + MIB - 1) / MIB;
    }

    private static byte[] node(byte[] left, byte[] right) throws Exception {
        return sha256(new byte[] {1}, left, right);
    }

    private static byte[] sha256(byte[]... parts) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private interface Fixture {
        byte[] THREE_PIECES = random(2 * MIB + 12345);
    }
}
