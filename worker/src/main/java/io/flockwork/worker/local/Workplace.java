package io.flockwork.worker.local;

import io.flockwork.sdk.blob.BlobStore;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.wire.Outgoing;
import io.flockwork.worker.swarm.Swarm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;

/** The folder of one run, with a swarm in it that has no others. */
final class Workplace {
    private static final int TRIES = 20;

    private final Path folder;
    private final Swarm swarm;

    private Workplace(Path folder, Swarm swarm) {
        this.folder = folder;
        this.swarm = swarm;
    }

    static Workplace open() throws IOException {
        Path folder = Files.createTempDirectory("flockwork-run-");
        return new Workplace(folder, Swarm.alone(BlobStore.open(folder.resolve("blobs")), folder.resolve("scratch")));
    }

    Swarm swarm() {
        return swarm;
    }

    /** A place for something of that name in it. */
    Path path(String name) {
        return folder.resolve(name);
    }

    /** Takes a job's files in, as a core would. */
    void take(Collection<Outgoing> blobs) throws IOException {
        for (Outgoing blob : blobs) {
            for (int index = 0; index < blob.manifest().pieces().size(); index++) {
                BlobId piece = blob.manifest().pieces().get(index);
                if (!swarm.store().hasPiece(piece)) {
                    swarm.store().putPiece(piece, blob.pieces().read(index));
                }
            }
            swarm.store().putManifest(blob.manifest());
        }
    }

    /** Removes it. A runner that ends may still be writing: what it left meanwhile goes at the next try. */
    void clear() {
        for (int tried = 1; Files.exists(folder); tried++) {
            try {
                Files.walkFileTree(folder, new Sweeper());
            } catch (IOException inUse) {
                if (tried == TRIES) {
                    throw new UncheckedIOException(inUse);
                }
            }
        }
    }

    private static final class Sweeper extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path gone, IOException why) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path emptied, IOException why) throws IOException {
            Files.deleteIfExists(emptied);
            return FileVisitResult.CONTINUE;
        }
    }
}
