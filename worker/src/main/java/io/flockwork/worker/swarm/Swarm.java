package io.flockwork.worker.swarm;

import io.flockwork.sdk.blob.BlobInputStream;
import io.flockwork.sdk.blob.BlobStore;
import io.flockwork.sdk.blob.Manifest;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.NamedBlob;
import io.flockwork.sdk.model.WorkerInfo;
import io.flockwork.sdk.wire.BlobClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's share of the grid's data: what it has it serves, what it lacks it fetches piece by piece from those who have
 * it, each piece checked against its id. Methods that return a value block; safe for use by many threads.
 */
public final class Swarm {
    private static final Logger LOG = LoggerFactory.getLogger(Swarm.class);

    private final BlobStore store;
    private final Path scratch;
    private final Address self;
    private final Holders holders;
    private final BlobClient client;
    private final ConcurrentHashMap<BlobId, CompletableFuture<Void>> fetching = new ConcurrentHashMap<>();
    private final Set<BlobId> secured = ConcurrentHashMap.newKeySet();
    private final LongAdder fetched = new LongAdder();
    private final LongAdder served = new LongAdder();

    /**
     * @param scratch a folder of this node for files that do not last
     * @param self where others fetch this node's blobs
     */
    public Swarm(BlobStore store, Path scratch, Address self, Holders holders, BlobClient client) {
        this.store = store;
        this.scratch = scratch;
        this.self = self;
        this.holders = holders;
        this.client = client;
    }

    /** A node of no grid: what it has not, nobody has. */
    public static Swarm alone(BlobStore store, Path scratch) {
        return new Swarm(store, scratch, WorkerInfo.NOWHERE, new Nobody(), null);
    }

    /** What this node has. */
    public BlobStore store() {
        return store;
    }

    /** Bytes of pieces that this node has fetched from others since its start. */
    public long fetchedBytes() {
        return fetched.sum();
    }

    /** Bytes of pieces that others have had from this node since its start. */
    public long servedBytes() {
        return served.sum();
    }

    /** Others are given so many bytes of a piece. */
    public void served(int bytes) {
        served.add(bytes);
    }

    /** A new empty file, the caller's to delete. */
    public Path temporaryFile() throws IOException {
        Files.createDirectories(scratch);
        return Files.createTempFile(scratch, "blob", ".tmp");
    }

    /** As {@link #size}, but empty also while no second core is known to have had the blob, where there is one. */
    public OptionalLong securedSize(BlobId blob) {
        return secured.contains(blob) ? size(blob) : OptionalLong.empty();
    }

    /** The size of a blob that this node has complete, in bytes; empty when it has not. */
    public OptionalLong size(BlobId blob) {
        try {
            if (store.complete(blob)) {
                return store.manifest(blob).stream().mapToLong(Manifest::size).findFirst();
            }
        } catch (IOException unreadable) {
            LOG.warn("blob {} cannot be read here: {}", blob, unreadable.toString());
        }
        return OptionalLong.empty();
    }

    /** For reading many slices of a blob. */
    public BlobView view(BlobId blob) throws IOException {
        return new BlobView(manifest(blob), this);
    }

    /**
     * The whole blob, in memory.
     *
     * @throws IllegalArgumentException when it has more than {@code most} bytes
     */
    public byte[] bytes(BlobId blob, int most) throws IOException {
        Manifest manifest = manifest(blob);
        if (manifest.size() > most) {
            throw new IllegalArgumentException("blob " + blob + " has more than " + most + " bytes");
        }
        return new BlobView(manifest, this).read(0, (int) manifest.size());
    }

    /** The blob from its start; pieces that are missing are fetched as the reader gets there. */
    public InputStream open(BlobId blob) throws IOException {
        Manifest manifest = manifest(blob);
        return new BlobInputStream(manifest, index -> piece(manifest, index));
    }

    /** A piece, fetched if need be. */
    public byte[] piece(Manifest manifest, int index) throws IOException {
        bring(manifest, index);
        return store.read(manifest, manifest.pieceOffset(index), manifest.pieceSize(index));
    }

    /** A blob's manifest, fetched if need be. */
    public Manifest manifest(BlobId blob) throws IOException {
        Optional<Manifest> here = store.manifest(blob);
        if (here.isPresent()) {
            return here.get();
        }
        Manifest fetched = fromAnyHolder(blob, holder -> client.manifest(holder, blob));
        store.putManifest(fetched);
        return fetched;
    }

    /** As {@link BlobStore#shrink}. */
    void shrink(long most, Set<BlobId> needed, long sinceMillis) throws IOException {
        secured.removeAll(store.shrink(most, needed, sinceMillis));
    }

    /** Fetches the whole blob from another core, to be its second holder. */
    public void keepCopy(BlobId blob, Address from) throws IOException {
        Manifest manifest = await(client.manifest(from, blob));
        store.putManifest(manifest);
        store.touch(manifest, System.currentTimeMillis());
        for (int index = 0; index < manifest.pieces().size(); index++) {
            BlobId piece = manifest.pieces().get(index);
            if (!store.hasPiece(piece)) {
                keep(piece, await(client.piece(from, manifest, index)));
            }
        }
        secured.add(blob);
        await(holders.announce(List.of(blob)));
    }

    /** Stores bytes here and on a second core where there is one. */
    public NamedBlob publish(String name, InputStream bytes) throws IOException {
        Manifest manifest = store.add(bytes);
        secure(manifest);
        return new NamedBlob(name, manifest.id(), manifest.size());
    }

    /** Announces a blob that this node has complete, once a second core has it too, where there is one. */
    public void secure(Manifest manifest) throws IOException {
        IOException failure = null;
        List<Address> spares = holders.spares();
        boolean copied = spares.isEmpty();
        for (int i = 0; !copied && i < spares.size(); i++) {
            try {
                await(client.copy(spares.get(i), manifest.id(), self));
                copied = true;
            } catch (IOException unreachable) {
                failure = unreachable;
            }
        }
        if (!copied) {
            throw failure;
        }
        secured.add(manifest.id());
        await(holders.announce(List.of(manifest.id())));
    }

    private void bring(Manifest manifest, int index) throws IOException {
        BlobId piece = manifest.pieces().get(index);
        if (store.hasPiece(piece)) {
            return;
        }
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> first = fetching.putIfAbsent(piece, mine);
        if (first != null) {
            await(first);
            return;
        }
        try {
            if (!store.hasPiece(piece)) {
                byte[] bytes = fromAnyHolder(manifest.id(), holder -> client.piece(holder, manifest, index));
                keep(piece, bytes);
            }
            mine.complete(null);
        } catch (Throwable failed) {
            mine.completeExceptionally(failed);
            throw failed;
        } finally {
            fetching.remove(piece);
        }
    }

    private void keep(BlobId piece, byte[] bytes) throws IOException {
        fetched.add(bytes.length);
        store.putPiece(piece, bytes);
    }

    /** Asks a holder over the network. */
    @FunctionalInterface
    private interface Question<T> {
        CompletionStage<T> ask(Address holder);
    }

    private <T> T fromAnyHolder(BlobId blob, Question<T> question) throws IOException {
        IOException failure = new IOException("nobody has blob " + blob);
        for (Address holder : await(holders.of(blob))) {
            try {
                return await(question.ask(holder));
            } catch (IOException unanswered) {
                failure = unanswered;
            }
        }
        throw failure;
    }

    private static <T> T await(CompletionStage<T> stage) throws IOException {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            throw new IOException(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
        }
    }
}
