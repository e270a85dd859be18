package io.flockwork.worker;

import io.flockwork.sdk.identity.FolderLock;
import io.flockwork.sdk.identity.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** The folder of one worker: who it is, its blobs, its scratch. Nobody else on the machine can read it; locked while the worker runs. */
final class NodeFolder implements AutoCloseable {
    private final Path dir;
    private final FolderLock lock;

    private NodeFolder(Path dir, FolderLock lock) {
        this.dir = dir;
        this.lock = lock;
    }

    /**
     * @throws IOException with one sentence when the folder cannot be used or another worker uses it
     */
    static NodeFolder open(Path dir) throws IOException {
        if (Files.notExists(dir)) {
            // Jobs' data are nobody else's on this machine. A folder that was there keeps what its owner gave it.
            OwnerOnly.folder(dir);
        }
        if (!Files.isDirectory(dir)) {
            throw new IOException(dir + " is in the way: a folder should be there");
        }
        NodeFolder folder = new NodeFolder(dir, FolderLock.take(dir, "lock", "worker"));
        folder.emptyScratch();
        return folder;
    }

    /** Keys and certificate. */
    Path identity() {
        return dir.resolve("identity");
    }

    /** Who had been revoked, as far as this node had heard. */
    Path revoked() {
        return dir.resolve("revoked");
    }

    /** A port that this node used last time, if it did; what a crash left half-written counts for nothing. */
    OptionalInt port(String use) throws IOException {
        Path file = dir.resolve(use + "-port");
        if (!Files.exists(file)) {
            return OptionalInt.empty();
        }
        String text = Files.readString(file).strip();
        return text.matches("[0-9]{1,5}") ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
    }

    /** Remembers a port, so that others find this node where it was. */
    void remember(String use, int port) throws IOException {
        Files.writeString(dir.resolve(use + "-port"), Integer.toString(port));
    }

    /** What this node's user calls it. */
    Path labels() {
        return dir.resolve("labels");
    }

    Path blobs() {
        return dir.resolve("blobs");
    }

    /** What a crash has left: half of somebody's upload, say. */
    private void emptyScratch() throws IOException {
        if (Files.isDirectory(scratch())) {
            try (Stream<Path> left = Files.list(scratch())) {
                for (Path file : left.filter(Files::isRegularFile).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** For files that do not last; empty at the start. */
    Path scratch() {
        return dir.resolve("scratch");
    }

    /** Reports that no master has acknowledged. */
    Path reports() {
        return dir.resolve("reports");
    }

    /** What the grid knows of its workers, on a core. */
    Path conducts() {
        return dir.resolve("conducts.mv");
    }

    /** Where the grid's cores were, for a worker that is none of them. */
    Path gateways() {
        return dir.resolve("gateways");
    }

    /** Job types of publishers whom this volunteer trusts. */
    Path jars() {
        return dir.resolve("jars");
    }

    /** The credit logs of all cores, as far as a core has heard. */
    Path credit() {
        return dir.resolve("credit");
    }

    Path runner() {
        return dir.resolve("runner");
    }

    Path dir() {
        return dir;
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
