package io.flockwork.sdk.wire;

import io.flockwork.sdk.blob.BlobHasher;
import io.flockwork.sdk.blob.Manifest;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.wire.Dialer.Answer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Moves blobs to and from one core over HTTP:
 *
 * <ul>
 *   <li>{@code PUT /blobs/ID} with the encoded manifest: 200 with the 32-byte ids of the pieces that the core lacks; no bytes
 *       when the blob is complete there and on a second core
 *   <li>{@code PUT /pieces/PIECE-ID} with the piece: 204
 *   <li>{@code GET /blobs/ID}: the encoded manifest, or 404
 *   <li>{@code GET /blobs/ID/pieces/INDEX}: the piece, which a core that lacks it fetches from another first, or 404
 *   <li>{@code PUT /copies/ID}: an address as text; 204 when the core has fetched the blob from there and keeps it
 * </ul>
 *
 * <p>Every answer is bounded before it is read and checked before it is handed on. Futures fail with {@link IOException},
 * or a time-out of the JDK; {@link UnknownBlobException} for a 404. Safe for use by many threads.
 */
public final class BlobClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int BLOBS_IN_FLIGHT = 4;
    private static final int PIECES_IN_FLIGHT = 3;
    private static final int MOST_COMPLAINT = 4 << 10;

    private final Dialer dialer;

    public BlobClient(Dialer dialer) {
        this.dialer = dialer;
    }

    /** Uploads what the core lacks of these blobs; what an upload that broke has left there is not sent again. */
    public CompletableFuture<Void> upload(Address core, Collection<Outgoing> blobs) {
        return Lanes.run(blobs, BLOBS_IN_FLIGHT, dialer.threads(), blob -> upload(core, blob));
    }

    /** Has the core fetch a blob from another core and keep it. */
    public CompletableFuture<Void> copy(Address core, BlobId blob, Address from) {
        byte[] body = from.toString().getBytes(StandardCharsets.UTF_8);
        return dialer.put(core, "/copies/" + blob, body, MOST_COMPLAINT, TIMEOUT)
                .thenAccept(answer -> {
                    try {
                        require(answer, 204, core);
                    } catch (IOException refused) {
                        throw new CompletionException(refused);
                    }
                });
    }

    /** The blob's manifest. */
    public CompletableFuture<Manifest> manifest(Address core, BlobId blob) {
        return get(core, blob, "/blobs/" + blob, Manifest.MAX_ENCODED_BYTES).thenApply(bytes -> decode(blob, bytes));
    }

    /** The piece's bytes. */
    public CompletableFuture<byte[]> piece(Address core, Manifest manifest, int index) {
        BlobId blob = manifest.id();
        return get(core, blob, "/blobs/" + blob + "/pieces/" + index, manifest.pieceSize(index))
                .thenApply(bytes -> checked(core, manifest, index, bytes));
    }

    private static Manifest decode(BlobId blob, byte[] bytes) {
        try {
            return Manifest.decode(blob, bytes);
        } catch (IllegalArgumentException wrong) {
            throw new CompletionException(new IOException(wrong.getMessage(), wrong));
        }
    }

    private static byte[] checked(Address core, Manifest manifest, int index, byte[] bytes) {
        boolean right = bytes.length == manifest.pieceSize(index)
                && new BlobHasher().idOf(bytes).equals(manifest.pieces().get(index));
        if (right) {
            return bytes;
        }
        throw new CompletionException(
                new IOException(core + " sent other bytes than piece " + index + " of " + manifest.id()));
    }

    private CompletableFuture<byte[]> get(Address core, BlobId blob, String path, int most) {
        return dialer.get(core, path, Math.max(most, MOST_COMPLAINT), TIMEOUT).thenApply(answer -> {
            if (answer.status() == 404) {
                throw new CompletionException(new UnknownBlobException(core, blob));
            }
            try {
                return require(answer, 200, core).body();
            } catch (IOException refused) {
                throw new CompletionException(refused);
            }
        });
    }

    private void upload(Address core, Outgoing blob) throws IOException {
        List<Integer> missing = offer(core, blob.manifest());
        while (!missing.isEmpty()) {
            await(Lanes.run(missing, PIECES_IN_FLIGHT, dialer.threads(), index -> send(core, blob, index)));
            List<Integer> still = offer(core, blob.manifest());
            if (still.size() >= missing.size()) {
                throw new IOException(core + " does not keep what it is sent");
            }
            missing = still;
        }
    }

    /** Indices of the pieces that the core lacks, each piece once. */
    private List<Integer> offer(Address core, Manifest manifest) throws IOException {
        byte[] body = manifest.encode();
        int most = Math.max(body.length, MOST_COMPLAINT);
        Answer answer = await(dialer.put(core, "/blobs/" + manifest.id(), body, most, TIMEOUT));
        return indices(manifest, require(answer, 200, core).body(), core);
    }

    private static List<Integer> indices(Manifest manifest, byte[] ids, Address core) throws IOException {
        PieceIndex known = PieceIndex.of(manifest);
        List<Integer> indices = new ArrayList<>();
        ByteBuffer left = ByteBuffer.wrap(ids);
        byte[] digest = new byte[BlobId.BYTES];
        while (left.remaining() >= BlobId.BYTES) {
            left.get(digest);
            indices.add(known.firstOf(BlobId.of(digest))
                    .orElseThrow(() -> new IOException(core + " wants a piece that is not of " + manifest.id())));
        }
        if (left.hasRemaining()) {
            throw new IOException(core + " sent no list of pieces");
        }
        return indices;
    }

    private void send(Address core, Outgoing blob, int index) throws IOException {
        String path = "/pieces/" + blob.manifest().pieces().get(index);
        byte[] piece = blob.pieces().read(index);
        require(await(dialer.put(core, path, piece, MOST_COMPLAINT, TIMEOUT)), 204, core);
    }

    private static Answer require(Answer answer, int status, Address core) throws IOException {
        if (answer.status() == status) {
            return answer;
        }
        String said = new String(answer.body(), 0, Math.min(200, answer.body().length), StandardCharsets.UTF_8);
        throw new IOException(core + " answered " + answer.status() + ": " + said.replaceAll("\\p{Cntrl}+", " "));
    }

    private static <T> T await(CompletableFuture<T> future) throws IOException {
        try {
            return future.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failed.getCause() instanceof IOException cause ? cause : new IOException(failed.getCause());
        }
    }
}
