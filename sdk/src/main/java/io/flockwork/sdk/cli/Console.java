package io.flockwork.sdk.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a command writes.
 *
 * @param out results, and nothing else, so that they can be piped
 * @param err what a person should see
 * @param terminal true when {@code err} is a terminal
 */
public record Console(PrintStream out, PrintStream err, boolean terminal) {
    /** This process's own; the launcher, which can tell, says whether standard error is a terminal. */
    static Console ofProcess() {
        return new Console(
                stream(FileDescriptor.out), stream(FileDescriptor.err), Boolean.getBoolean("flockwork.terminal"));
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }

    /** Fails when standard output went away ({@code | head}), which {@link PrintStream} otherwise keeps to itself. */
    public void flushOut() throws IOException {
        if (out.checkError()) {
            throw new IOException("standard output was closed before all was written");
        }
    }
}
