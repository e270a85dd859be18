package io.flockwork.sdk.blob;

import io.flockwork.sdk.model.BlobId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Which pieces make a blob. A manifest whose pieces do not hash to its id cannot be made.
 *
 * <p>The id fixes the pieces once the size is known. A manifest from a stranger may still name a wrong size, or inner
 * nodes of the tree as pieces: no bytes fit it then, so it never gives wrong bytes, yet it can never be completed. Who
 * knows the blob's size should compare it.
 *
 * @param size bytes
 * @param pieces their leaf hashes in order; all but the last are {@link #PIECE_BYTES} long; the empty blob has one
 *     empty piece
 */
public record Manifest(BlobId id, long size, List<BlobId> pieces) {
    /** Length of a piece, 1 MiB; the last may be shorter. */
    public static final int PIECE_BYTES = 1 << 20;

    /** Most pieces of a blob. */
    public static final int MAX_PIECES = 1 << 16;

    /** Largest blob, 64 GiB. */
    public static final long MAX_BYTES = (long) MAX_PIECES * PIECE_BYTES;

    /** Longest encoded manifest, about 2 MiB. */
    public static final int MAX_ENCODED_BYTES = Long.BYTES + MAX_PIECES * BlobId.BYTES;

    /** @throws IllegalArgumentException with one sentence when the parts do not fit each other */
    public Manifest {
        pieces = List.copyOf(pieces);
        if (pieces.size() != piecesOf(size)) {
            throw new IllegalArgumentException(
                    "a blob of " + size + " bytes has " + piecesOf(size) + " pieces, not " + pieces.size());
        }
        if (!new BlobHasher().root(pieces).equals(id)) {
            throw new IllegalArgumentException("the pieces of this manifest do not make blob " + id);
        }
    }

    /** The manifest of these bytes. */
    public static Manifest of(byte[] bytes) {
        try {
            return of(new ByteArrayInputStream(bytes));
        } catch (IOException impossibleInMemory) {
            throw new UncheckedIOException(impossibleInMemory);
        }
    }

    /**
     * The manifest of all that is left in {@code bytes}, read piece by piece.
     *
     * @throws IllegalArgumentException when it is longer than {@link #MAX_BYTES}
     */
    public static Manifest of(InputStream bytes) throws IOException {
        return cut(bytes, (id, piece) -> {});
    }

    /** Cuts a stream into pieces, hands each on as it is read, and makes their manifest. */
    static Manifest cut(InputStream bytes, PieceSink sink) throws IOException {
        BlobHasher hasher = new BlobHasher();
        List<BlobId> pieces = new ArrayList<>();
        long size = 0;
        byte[] piece = bytes.readNBytes(PIECE_BYTES);
        while (pieces.isEmpty() || piece.length > 0) {
            size += piece.length;
            requireSize(size);
            BlobId pieceId = hasher.pieceId(piece);
            sink.accept(pieceId, piece);
            pieces.add(pieceId);
            piece = piece.length < PIECE_BYTES ? new byte[0] : bytes.readNBytes(PIECE_BYTES);
        }
        return new Manifest(hasher.root(pieces), size, pieces);
    }

    /** Where {@link #cut} puts each piece. */
    interface PieceSink {
        void accept(BlobId id, byte[] piece) throws IOException;
    }

    /** The size as 8 bytes, big-endian, then each piece's 32-byte hash. */
    public byte[] encode() {
        ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES + pieces.size() * BlobId.BYTES);
        buffer.putLong(size);
        pieces.forEach(piece -> buffer.put(piece.digest()));
        return buffer.array();
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @param expected the blob that was asked for
     * @throws IllegalArgumentException with one sentence when the bytes are not a manifest of that blob
     */
    public static Manifest decode(BlobId expected, byte[] bytes) {
        if (bytes.length < Long.BYTES) {
            throw new IllegalArgumentException("a manifest has at least " + Long.BYTES + " bytes, not " + bytes.length);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        long size = buffer.getLong();
        int count = piecesOf(size);
        if (buffer.remaining() != count * BlobId.BYTES) {
            throw new IllegalArgumentException("a manifest of " + size + " bytes lists " + count + " pieces, not "
                    + buffer.remaining() + " bytes of them");
        }
        List<BlobId> pieces = new ArrayList<>(count);
        byte[] digest = new byte[BlobId.BYTES];
        for (int i = 0; i < count; i++) {
            buffer.get(digest);
            pieces.add(BlobId.of(digest));
        }
        return new Manifest(expected, size, pieces);
    }

    /** Length in bytes of piece {@code index}. */
    public int pieceSize(int index) {
        return (int) Math.min(PIECE_BYTES, size - pieceOffset(index));
    }

    /** Where in the blob piece {@code index} begins. */
    public long pieceOffset(int index) {
        return (long) Objects.checkIndex(index, pieces.size()) * PIECE_BYTES;
    }

    /** The index of the piece that holds byte {@code offset} of the blob. */
    public int pieceAt(long offset) {
        return (int) (Objects.checkIndex(offset, size) / PIECE_BYTES);
    }

    private static int piecesOf(long size) {
        requireSize(size);
        return (int) Math.max(1, (size + PIECE_BYTES - 1) / PIECE_BYTES);
    }

    private static void requireSize(long size) {
        if (size < 0 || size > MAX_BYTES) {
            throw new IllegalArgumentException("a blob has 0 to " + MAX_BYTES + " bytes, not " + size);
        }
    }
}
