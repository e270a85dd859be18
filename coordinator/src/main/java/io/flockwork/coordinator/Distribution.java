package io.flockwork.coordinator;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The archive that a worker is installed from: made in the background when it is first wanted, by one thread at a time.
 * After a failure it is tried again, but not at once. Safe for use by many threads.
 */
final class Distribution {
    /** Makes the archive; blocks. */
    @FunctionalInterface
    interface Maker {
        Packed make() throws IOException, InterruptedException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Distribution.class);
    private static final long RETRY_NANOS = Duration.ofMinutes(1).toNanos();

    private final Maker maker;
    private final LongSupplier nanoTime;
    private CompletableFuture<Packed> packed;
    private long begun;

    Distribution(Maker maker, LongSupplier nanoTime) {
        this.maker = maker;
        this.nanoTime = nanoTime;
    }

    /** Completes when the archive is there; fails, with one sentence, when there can be none. */
    synchronized CompletableFuture<Packed> packed() {
        boolean failed = packed != null && packed.isCompletedExceptionally();
        if (packed == null || failed && nanoTime.getAsLong() - begun > RETRY_NANOS) {
            packed = new CompletableFuture<>();
            begun = nanoTime.getAsLong();
            CompletableFuture<Packed> fresh = packed;
            Thread packer = new Thread(() -> make(fresh), "packer");
            packer.setDaemon(true);
            packer.start();
        }
        return packed.copy();
    }

    private void make(CompletableFuture<Packed> fresh) {
        try {
            fresh.complete(maker.make());
        } catch (IOException | InterruptedException | RuntimeException cannot) {
            LOG.warn("there is no distribution to install workers from: {}", cannot.getMessage());
            fresh.completeExceptionally(cannot);
        }
    }
}
