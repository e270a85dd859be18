package io.flockwork.worker.api;

import io.flockwork.sdk.identity.Peer;
import io.flockwork.sdk.model.NamedBlob;
import io.flockwork.sdk.web.Problem;
import io.flockwork.worker.swarm.Storage;
import io.flockwork.worker.swarm.StorageFullException;
import io.flockwork.worker.swarm.Swarm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files that are on their way to this core; forgotten a day after their last byte. Blocks; safe for use by many threads. */
final class Uploads {
    private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);
    private static final long FORGOTTEN_NANOS = Duration.ofDays(1).toNanos();
    private static final int MOST_OF_ONE = 200;
    private static final int MOST_WHOLE = 1_000;
    private static final int ID_BYTES = 16;

    private final Swarm swarm;
    private final Storage storage;
    private final BiPredicate<Peer, Integer> mayWrite;
    private final LongSupplier nanos;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Upload> all = new ConcurrentHashMap<>();

    /** @param mayWrite tells whether a member may leave so many bytes more now */
    Uploads(Swarm swarm, Storage storage, BiPredicate<Peer, Integer> mayWrite, LongSupplier nanos) {
        this.swarm = swarm;
        this.storage = storage;
        this.mayWrite = mayWrite;
        this.nanos = nanos;
    }

    /**
     * Makes room for a file.
     *
     * @throws Problem with one sentence when there is none
     */
    Upload create(Peer owner, String name, long length) throws IOException {
        forgetOld(owner);
        if (all.values().stream()
                        .filter(upload ->
                                upload.owner.equals(owner.id()) && upload.blob().isEmpty())
                        .count()
                >= MOST_OF_ONE) {
            throw new Problem(429, "at most " + MOST_OF_ONE + " uploads are under way at a time");
        }
        if (length > Integer.MAX_VALUE || length > storage.limit()) {
            throw new Problem(413, "a file of " + length + " bytes is too long for this core");
        }
        try {
            storage.requireRoom((int) length);
        } catch (StorageFullException full) {
            throw new Problem(507, full.getMessage());
        }
        if (!mayWrite.test(owner, (int) length)) {
            throw new Problem(507, "this member has left as much here as one may in a day");
        }
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        Upload upload = new Upload(
                HexFormat.of().formatHex(id), owner.id(), name, length, swarm.temporaryFile(), nanos.getAsLong());
        all.put(upload.id, upload);
        return upload;
    }

    /** @throws Problem when the caller has none of this id */
    Upload find(Peer owner, String id) {
        Upload upload = all.get(id);
        if (upload == null || !upload.owner.equals(owner.id())) {
            throw Problem.notFound("such upload; it may be finished and forgotten, or at another core");
        }
        return upload;
    }

    /** The whole file has come: makes it a blob that a second core has too, where there is one. */
    NamedBlob finish(Upload upload) throws IOException {
        try (InputStream bytes = Files.newInputStream(upload.file)) {
            NamedBlob blob = swarm.publish(upload.name, bytes);
            upload.finish(blob);
            return blob;
        } finally {
            if (upload.blob().isPresent()) {
                Files.deleteIfExists(upload.file);
            }
        }
    }

    void forget(Upload upload) throws IOException {
        all.remove(upload.id);
        Files.deleteIfExists(upload.file);
    }

    /** Also of those that are whole, which cost little and are asked for soon, only the last are remembered. */
    private void forgetOld(Peer owner) throws IOException {
        long now = nanos.getAsLong();
        List<Upload> old = all.values().stream()
                .filter(upload -> upload.isOlderThan(FORGOTTEN_NANOS, now))
                .toList();
        List<Upload> whole = all.values().stream()
                .filter(upload ->
                        upload.owner.equals(owner.id()) && upload.blob().isPresent())
                .sorted(Comparator.comparingLong(Upload::touchedNanos).reversed())
                .skip(MOST_WHOLE)
                .toList();
        for (Upload upload : Stream.concat(old.stream(), whole.stream()).toList()) {
            LOG.debug("upload {} is forgotten", upload.id);
            forget(upload);
        }
    }

    long now() {
        return nanos.getAsLong();
    }
}
