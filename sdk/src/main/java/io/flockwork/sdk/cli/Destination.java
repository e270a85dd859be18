package io.flockwork.sdk.cli;

import io.flockwork.sdk.client.JobResult;
import io.flockwork.sdk.client.UnitResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.stream.Stream;

/** Where a job's results go. */
public sealed interface Destination permits Destination.StandardOutput, Destination.OneFile, ResultFolder {
    /** Writes every result that there is. What was there before stays until the new is complete. */
    void write(JobResult result) throws IOException;

    /**
     * Understands {@code -o}: nothing, {@code -} and {@code /dev/stdout} are standard output; a folder, or what ends with a
     * slash, gets a file for each unit.
     *
     * @throws IllegalArgumentException with one sentence when nothing can be written there
     */
    static Destination of(String output, Console console) {
        if (output == null || output.equals("-") || output.equals("/dev/stdout")) {
            return new StandardOutput(console);
        }
        if (output.isEmpty()) {
            throw new IllegalArgumentException("-o needs a file or a folder");
        }
        Path path = Path.of(output);
        if (Files.isDirectory(path) || output.endsWith("/")) {
            return ResultFolder.checked(path);
        }
        Path parent = path.toAbsolutePath().getParent();
        if (!Files.isDirectory(parent) || !Files.isWritable(parent)) {
            throw new IllegalArgumentException("cannot write " + path + ": no such folder, or no permission");
        }
        return new OneFile(path);
    }

    /** Standard output, and nothing else on it. */
    record StandardOutput(Console console) implements Destination {
        @Override
        public void write(JobResult result) throws IOException {
            copyAll(result, console.out());
            console.flushOut();
        }
    }

    /** The results in unit order, or the combined one. */
    record OneFile(Path file) implements Destination {
        @Override
        public void write(JobResult result) throws IOException {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                // A device or a pipe has no name to move over.
                try (OutputStream out = Files.newOutputStream(file)) {
                    copyAll(result, out);
                }
                return;
            }
            // A link stays and what it points to is written: moving over /dev/fd/3 would replace the system's own.
            WholeFile.write(Files.exists(file) ? file.toRealPath() : file, out -> copyAll(result, out));
        }
    }

    private static void copyAll(JobResult result, OutputStream out) throws IOException {
        if (result.combined().isPresent()) {
            try (InputStream combined = result.combined().get()) {
                combined.transferTo(out);
            }
            return;
        }
        try (Stream<UnitResult> units = result.units()) {
            for (Iterator<UnitResult> each = units.iterator(); each.hasNext(); ) {
                copy(each.next(), out);
            }
        }
    }

    /** The unit's result, or nothing when it failed. */
    static void copy(UnitResult unit, OutputStream out) throws IOException {
        if (unit.output().isPresent()) {
            try (InputStream in = unit.output().get().open()) {
                in.transferTo(out);
            }
        }
    }
}
