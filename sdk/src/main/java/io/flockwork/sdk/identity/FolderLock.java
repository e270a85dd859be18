package io.flockwork.sdk.identity;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Held by the one process that uses a folder, and free as soon as that has ended, however it did. Closed by any thread. */
public final class FolderLock implements AutoCloseable {
    private final FileChannel file;

    private FolderLock(FileChannel file) {
        this.file = file;
    }

    /**
     * Takes the lock.
     *
     * @param file its name in the folder, which is there
     * @param user what uses the folder: {@code worker}, say
     * @throws IOException with one sentence when another one uses it
     */
    public static FolderLock take(Path dir, String file, String user) throws IOException {
        FileChannel channel = FileChannel.open(dir.resolve(file), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (isTaken(channel)) {
            channel.close();
            throw new IOException(
                    "another " + user + " uses " + dir + "; give this one a folder of its own with --dir");
        }
        return new FolderLock(channel);
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() == null;
        } catch (OverlappingFileLockException inThisProcess) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
