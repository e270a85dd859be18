package io.flockwork.worker.api;

import io.flockwork.sdk.model.NamedBlob;
import io.flockwork.sdk.model.NodeId;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file on its way to this core. What has come is in {@code file}, however often the connection breaks. Confined to the lock of its
 * {@link Uploads}.
 */
final class Upload {
    final String id;
    final NodeId owner;
    final String name;
    final long length;
    final Path file;
    private long touchedNanos;
    private boolean busy;
    private NamedBlob blob;

    Upload(String id, NodeId owner, String name, long length, Path file, long nowNanos) {
        this.id = id;
        this.owner = owner;
        this.name = name;
        this.length = length;
        this.file = file;
        this.touchedNanos = nowNanos;
    }

    /** One request at a time may add to it. */
    synchronized boolean begin(long nowNanos) {
        touchedNanos = nowNanos;
        boolean free = !busy && blob == null;
        busy |= free;
        return free;
    }

    synchronized void pause(long nowNanos) {
        touchedNanos = nowNanos;
        busy = false;
    }

    /** All of it has come, and is this blob. */
    synchronized void finish(NamedBlob whole) {
        blob = whole;
        busy = false;
    }

    synchronized Optional<NamedBlob> blob() {
        return Optional.ofNullable(blob);
    }

    synchronized long touchedNanos() {
        return touchedNanos;
    }

    synchronized boolean isOlderThan(long nanos, long nowNanos) {
        return !busy && nowNanos - touchedNanos > nanos;
    }

    /** Bytes that have come. */
    long offset() {
        return blob().isPresent() ? length : file.toFile().length();
    }
}
