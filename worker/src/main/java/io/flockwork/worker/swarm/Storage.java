package io.flockwork.worker.swarm;

import io.flockwork.sdk.model.BlobId;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the blobs of this node within its share of the disk: when little of that is left, what nobody needs goes, what has not been
 * wanted for longest first. Safe for use by many threads.
 */
public final class Storage {
    private static final Logger LOG = LoggerFactory.getLogger(Storage.class);
    private static final Duration PAUSE_IN_VAIN = Duration.ofMinutes(10);
    /** It is time to tidy up when less than a tenth is left, until a fifth is. */
    private static final double HIGH = 0.9;

    private static final double LOW = 0.8;
    private static final double MEBIBYTE = 1 << 20;

    private final Swarm swarm;
    private final long limit;
    private final Needs needs;
    private final Clock clock;
    private long notBefore = Long.MIN_VALUE;

    /** Who knows which blobs must stay. Blocks. */
    @FunctionalInterface
    public interface Needs {
        /** @throws IOException when that cannot be told now, so that nothing may go */
        Needed now() throws IOException;
    }

    /**
     * What must stay.
     *
     * @param sinceMillis and all that was wanted since then
     */
    public record Needed(Set<BlobId> blobs, long sinceMillis) {}

    /** @param limit bytes */
    public Storage(Swarm swarm, long limit, Needs needs, Clock clock) {
        this.swarm = swarm;
        this.limit = limit;
        this.needs = needs;
        this.clock = clock;
    }

    /** Bytes that this node keeps at most for others. */
    public long limit() {
        return limit;
    }

    /**
     * Before others' bytes are taken.
     *
     * @throws StorageFullException with one sentence when there is no room for them
     */
    public void requireRoom(int bytes) throws StorageFullException {
        if (swarm.store().bytes() + bytes > limit) {
            throw new StorageFullException(
                    "this worker's storage (" + mebibytes(limit)
                            + " MiB) is full of what running jobs and kept results need; its operator can give it more (--storage)");
        }
    }

    /** To be called now and then, by one thread. Blocks. */
    public void tidy() {
        long before = swarm.store().bytes();
        if (before <= limit * HIGH || clock.millis() < notBefore) {
            return;
        }
        try {
            Needed needed = needs.now();
            swarm.shrink((long) (limit * LOW), needed.blobs(), needed.sinceMillis());
        } catch (IOException unknown) {
            LOG.warn("no blobs were removed: {}", unknown.getMessage());
        }
        long after = swarm.store().bytes();
        LOG.info("of {} MiB of blobs, {} MiB were not needed any more", mebibytes(before), mebibytes(before - after));
        if (after > limit * HIGH) {
            notBefore = clock.millis() + PAUSE_IN_VAIN.toMillis();
        }
    }

    private static long mebibytes(long bytes) {
        return Math.round(bytes / MEBIBYTE);
    }
}
