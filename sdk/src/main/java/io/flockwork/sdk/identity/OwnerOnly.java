package io.flockwork.sdk.identity;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/** Folders and files that nobody but their owner can read, where the file system knows owners. */
public final class OwnerOnly {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private OwnerOnly() {}

    /**
     * Makes a folder, or closes one that is there already.
     *
     * @param ours files of which one shows that a folder is ours
     * @throws IOException with one sentence when others can enter it and nothing shows that: it may be theirs too, as {@code /tmp} is
     */
    public static Path folder(Path dir, String... ours) throws IOException {
        Files.createDirectories(dir.toAbsolutePath().getParent());
        if (Files.notExists(dir)) {
            Files.createDirectory(dir, permissions("rwx------"));
        } else if (!Files.isDirectory(dir)) {
            throw new IOException(dir + " is in the way: a folder should be there");
        } else if (POSIX && isOpenToOthers(dir)) {
            boolean others = isOpenToOthers(dir.toAbsolutePath().getParent())
                    && !isEmpty(dir)
                    && Stream.of(ours).noneMatch(file -> Files.exists(dir.resolve(file)));
            if (others) {
                throw new IOException("others on this machine can enter " + dir
                        + ", and it is not empty: choose another folder, or if it is yours alone, chmod 700 it");
            }
            close(dir, "rwx------");
        }
        return dir;
    }

    private static boolean isOpenToOthers(Path dir) throws IOException {
        return Files.getPosixFilePermissions(dir).stream()
                .anyMatch(permission -> !permission.name().startsWith("OWNER_"));
    }

    private static boolean isEmpty(Path dir) throws IOException {
        try (DirectoryStream<Path> content = Files.newDirectoryStream(dir)) {
            return !content.iterator().hasNext();
        }
    }

    /** Closes a file, or a socket, to others. */
    public static void file(Path file) throws IOException {
        close(file, "rw-------");
    }

    private static void close(Path file, String mode) throws IOException {
        if (POSIX) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        }
    }

    /** Replaces a file whole, for good when this returns; at no moment can others read it. */
    public static void write(Path file, byte[] content) throws IOException {
        // A name that no other process, which may write the same file just now, has too.
        Path fresh = Files.createTempFile(
                file.toAbsolutePath().getParent(), file.getFileName() + ".", ".new", permissions("rw-------"));
        try {
            force(fresh, content);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** Before it takes the old one's place: a power cut leaves the one or the other. */
    private static void force(Path fresh, byte[] content) throws IOException {
        try (FileChannel out = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
    }

    private static FileAttribute<?>[] permissions(String mode) {
        return POSIX
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }
}
