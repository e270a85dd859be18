package io.flockwork.sdk.blob;

import io.flockwork.sdk.model.BlobId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The blobs that one node keeps, in a folder of its own. Every byte is checked against its id on the way in and again
 * when it is read from disk; a damaged file counts as absent and is removed when found.
 *
 * <p>Safe for many threads; every method but {@link #open(Manifest)} touches the disk and may block. One store to a
 * folder. Nothing needs closing.
 */
public final class BlobStore {
    private static final long CACHE_BYTES = 16L << 20;

    private final HashedFiles pieces;
    private final HashedFiles manifests;
    private final PieceCache recent = new PieceCache(CACHE_BYTES);

    private BlobStore(HashedFiles pieces, HashedFiles manifests) {
        this.pieces = pieces;
        this.manifests = manifests;
    }

    /** The store in {@code folder}, which is made where it is missing; what a crash left half-written is removed. */
    public static BlobStore open(Path folder) throws IOException {
        return new BlobStore(
                HashedFiles.open(folder.resolve("pieces"), Manifest.PIECE_BYTES),
                HashedFiles.open(folder.resolve("manifests"), Manifest.MAX_ENCODED_BYTES));
    }

    /** Keeps these bytes as a blob. */
    public Manifest add(byte[] bytes) throws IOException {
        return add(new ByteArrayInputStream(bytes));
    }

    /** Keeps a file's bytes, as they are read, as a blob. */
    public Manifest add(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            return add(bytes);
        }
    }

    /**
     * Keeps all that is left in {@code bytes} as a blob, a piece in memory at a time.
     *
     * @throws IllegalArgumentException when it is longer than {@link Manifest#MAX_BYTES}
     */
    public Manifest add(InputStream bytes) throws IOException {
        Manifest manifest = Manifest.cut(bytes, pieces::write);
        if (manifest.pieces().size() > 1) {
            manifests.write(manifest.id(), manifest.encode());
        }
        return manifest;
    }

    /** True when the piece is there. Whether it is intact shows when it is read. */
    public boolean hasPiece(BlobId piece) {
        return pieces.has(piece);
    }

    /** The piece's bytes, the caller's own to change. */
    public Optional<byte[]> piece(BlobId piece) throws IOException {
        return verified(piece).map(byte[]::clone);
    }

    /**
     * Keeps a piece.
     *
     * @throws IllegalArgumentException when the bytes are not that piece
     */
    public void putPiece(BlobId expected, byte[] bytes) throws IOException {
        if (!isPiece(expected, bytes)) {
            throw new IllegalArgumentException("these " + bytes.length + " bytes are not piece " + expected);
        }
        pieces.write(expected, bytes);
    }

    /** The blob's manifest. A blob of one piece needs none to be kept: its piece tells it. */
    public Optional<Manifest> manifest(BlobId blob) throws IOException {
        Optional<byte[]> onlyPiece = verified(blob);
        if (onlyPiece.isPresent()) {
            return Optional.of(new Manifest(blob, onlyPiece.get().length, List.of(blob)));
        }
        return manifests.read(blob, bytes -> isManifest(blob, bytes)).map(bytes -> Manifest.decode(blob, bytes));
    }

    /** Keeps a manifest, in place of another of the same blob unless that one's pieces are all there. */
    public void putManifest(Manifest manifest) throws IOException {
        if (!complete(manifest.id())) {
            manifests.write(manifest.id(), manifest.encode());
        }
    }

    /** True when the manifest is there and every piece with its right length. */
    public boolean complete(BlobId blob) throws IOException {
        return manifest(blob).filter(found -> missing(found).isEmpty()).isPresent();
    }

    /** The pieces that are not there with their right length, in order, each once. */
    public Set<BlobId> missing(Manifest manifest) {
        Set<BlobId> missing = new LinkedHashSet<>();
        for (int i = 0; i < manifest.pieces().size(); i++) {
            BlobId piece = manifest.pieces().get(i);
            if (!pieces.hasLength(piece, manifest.pieceSize(i))) {
                missing.add(piece);
            }
        }
        return missing;
    }

    /** The length of all that is kept, in bytes. */
    public long bytes() {
        return pieces.bytes() + manifests.bytes();
    }

    /** Says that a blob is wanted now, as far as it is here: {@link #shrink} goes by that. */
    public void touch(Manifest manifest, long nowMillis) throws IOException {
        manifests.touch(manifest.id(), nowMillis);
        for (BlobId piece : new LinkedHashSet<>(manifest.pieces())) {
            pieces.touch(piece, nowMillis);
        }
    }

    /**
     * Removes what has not been wanted for longest, until at most {@code most} bytes are left.
     *
     * @param needed blobs that stay, with their pieces
     * @param sinceMillis what was wanted since then stays too
     * @return blobs and pieces that are not here any more
     */
    public Set<BlobId> shrink(long most, Set<BlobId> needed, long sinceMillis) throws IOException {
        Set<BlobId> stay = new HashSet<>(needed);
        for (BlobId blob : needed) {
            manifests
                    .read(blob, bytes -> isManifest(blob, bytes))
                    .ifPresent(bytes -> stay.addAll(Manifest.decode(blob, bytes).pieces()));
        }
        Set<BlobId> removed = new HashSet<>();
        for (HashedFiles files : List.of(pieces, manifests)) {
            List<HashedFiles.Kept> oldestFirst = files.all().stream()
                    .filter(file -> file.millis() < sinceMillis && !stay.contains(file.name()))
                    .sorted(Comparator.comparingLong(HashedFiles.Kept::millis))
                    .toList();
            for (HashedFiles.Kept file : oldestFirst) {
                if (bytes() > most && files.remove(file)) {
                    recent.remove(file.name());
                    removed.add(file.name());
                }
            }
        }
        return removed;
    }

    /**
     * The {@code length} bytes of a blob from {@code offset}.
     *
     * @throws MissingPieceException when a piece is not there, or damaged
     * @throws IndexOutOfBoundsException when the blob is shorter
     */
    public byte[] read(Manifest manifest, long offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, manifest.size());
        byte[] slice = new byte[length];
        int filled = 0;
        while (filled < length) {
            int index = manifest.pieceAt(offset + filled);
            byte[] piece = verified(manifest, index);
            int start = (int) (offset + filled - manifest.pieceOffset(index));
            int count = Math.min(length - filled, piece.length - start);
            System.arraycopy(piece, start, slice, filled, count);
            filled += count;
        }
        return slice;
    }

    /** A whole blob as a stream, whose reads throw {@link MissingPieceException} when a piece is not there. */
    public InputStream open(Manifest manifest) {
        return new BlobInputStream(manifest, index -> verified(manifest, index));
    }

    /** Piece {@code index}, shared: not to be changed. */
    byte[] verified(Manifest manifest, int index) throws IOException {
        BlobId id = manifest.pieces().get(index);
        byte[] piece = verified(id).orElseThrow(() -> new MissingPieceException(manifest.id(), index, id));
        if (piece.length != manifest.pieceSize(index)) {
            throw new IOException("the manifest of blob " + manifest.id() + " names a wrong size");
        }
        return piece;
    }

    private Optional<byte[]> verified(BlobId piece) throws IOException {
        byte[] known = recent.get(piece);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<byte[]> read = pieces.read(piece, bytes -> isPiece(piece, bytes));
        read.ifPresent(bytes -> recent.put(piece, bytes));
        return read;
    }

    private static boolean isPiece(BlobId piece, byte[] bytes) {
        return bytes.length <= Manifest.PIECE_BYTES
                && new BlobHasher().pieceId(bytes).equals(piece);
    }

    private static boolean isManifest(BlobId blob, byte[] bytes) {
        try {
            return Manifest.decode(blob, bytes).id().equals(blob);
        } catch (IllegalArgumentException damaged) {
            return false;
        }
    }
}
