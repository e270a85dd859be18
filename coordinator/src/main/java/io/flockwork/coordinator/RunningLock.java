package io.flockwork.coordinator;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Held while a coordinator runs: a second one in its folder would have links lead to itself, and both would say who is there. */
record RunningLock(FileChannel file) implements AutoCloseable {
    /** @throws IOException with one sentence when another coordinator uses the folder */
    static RunningLock take(Path dir) throws IOException {
        FileChannel file =
                FileChannel.open(dir.resolve("running"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (isTaken(file)) {
            file.close();
            throw new IOException("another coordinator uses " + dir + "; give this one a folder of its own with --dir");
        }
        return new RunningLock(file);
    }

    private static boolean isTaken(FileChannel file) throws IOException {
        try {
            return file.tryLock() == null;
        } catch (OverlappingFileLockException inThisProcess) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
