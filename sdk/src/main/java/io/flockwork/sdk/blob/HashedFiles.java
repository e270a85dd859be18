package io.flockwork.sdk.blob;

import io.flockwork.sdk.model.BlobId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A folder of files named by a hash, each written whole or not at all. What a power cut or a bad disk made of a file is
 * found when it is read: such a file is removed, as if it had never been there. Safe for many threads.
 */
final class HashedFiles {
    private final Path folder;
    private final Path unfinished;
    private final int longest;
    private final AtomicLong bytes = new AtomicLong();

    /** A file, when it was last wanted (milliseconds since 1970), and its length. */
    record Kept(BlobId name, long millis, long length) {}

    private HashedFiles(Path folder, Path unfinished, int longest) {
        this.folder = folder;
        this.unfinished = unfinished;
        this.longest = longest;
    }

    /** @param longest a file with more bytes is damaged */
    static HashedFiles open(Path folder, int longest) throws IOException {
        Path unfinished = Files.createDirectories(folder.resolve("unfinished"));
        try (Stream<Path> leftovers = Files.list(unfinished)) {
            for (Path leftover : leftovers.toList()) {
                Files.deleteIfExists(leftover);
            }
        }
        HashedFiles files = new HashedFiles(folder, unfinished, longest);
        files.bytes.set(files.all().stream().mapToLong(Kept::length).sum());
        return files;
    }

    /** The length of all files together. */
    long bytes() {
        return bytes.get();
    }

    /** All files, in no order. */
    List<Kept> all() throws IOException {
        List<Kept> all = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(folder, "[0-9a-f][0-9a-f]")) {
            for (Path part : folders) {
                try (DirectoryStream<Path> files = Files.newDirectoryStream(part)) {
                    files.forEach(file -> kept(file).ifPresent(all::add));
                }
            }
        }
        return all;
    }

    private static Optional<Kept> kept(Path file) {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            BlobId name = new BlobId(file.getParent().getFileName().toString() + file.getFileName());
            return Optional.of(new Kept(name, found.lastModifiedTime().toMillis(), found.size()));
        } catch (IOException | IllegalArgumentException goneOrNotOurs) {
            return Optional.empty();
        }
    }

    /** The file is wanted now. */
    synchronized void touch(BlobId name, long nowMillis) throws IOException {
        if (has(name)) {
            Files.setLastModifiedTime(path(name), FileTime.fromMillis(nowMillis));
        }
    }

    /** Removes a file unless it has been wanted since. */
    synchronized boolean remove(Kept file) throws IOException {
        Optional<Kept> now = kept(path(file.name())).filter(found -> found.millis() <= file.millis());
        if (now.isPresent() && Files.deleteIfExists(path(file.name()))) {
            bytes.addAndGet(-now.get().length());
            return true;
        }
        return false;
    }

    boolean has(BlobId name) {
        return Files.isRegularFile(path(name));
    }

    boolean hasLength(BlobId name, long length) {
        try {
            BasicFileAttributes file = Files.readAttributes(path(name), BasicFileAttributes.class);
            return file.isRegularFile() && file.size() == length;
        } catch (IOException notReadable) {
            return false;
        }
    }

    /** The file's bytes when {@code intact} holds for them. */
    Optional<byte[]> read(BlobId name, Predicate<byte[]> intact) throws IOException {
        Optional<byte[]> found = bytes(name);
        if (found.isEmpty() || intact.test(found.get())) {
            return found;
        }
        return removeUnlessIntact(name, intact);
    }

    /** Writes the file, over an old one if there is one: the old one may be damaged. */
    void write(BlobId name, byte[] bytes) throws IOException {
        Path temporary = Files.createTempFile(unfinished, "", "");
        try {
            Files.write(temporary, bytes);
            Path target = path(name);
            Files.createDirectories(target.getParent());
            synchronized (this) {
                long before = kept(target).map(Kept::length).orElse(0L);
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
                this.bytes.addAndGet(bytes.length - before);
            }
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Reads again with writers held off: between the first read and now, one may have put the right bytes there. */
    private synchronized Optional<byte[]> removeUnlessIntact(BlobId name, Predicate<byte[]> intact) throws IOException {
        Optional<byte[]> found = bytes(name).filter(intact);
        if (found.isEmpty()) {
            long before = kept(path(name)).map(Kept::length).orElse(0L);
            Files.deleteIfExists(path(name));
            bytes.addAndGet(-before);
        }
        return found;
    }

    private Optional<byte[]> bytes(BlobId name) throws IOException {
        try (InputStream in = Files.newInputStream(path(name))) {
            return Optional.of(in.readNBytes(longest + 1));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    private Path path(BlobId name) {
        return folder.resolve(name.hex().substring(0, 2)).resolve(name.hex().substring(2));
    }
}
