package io.flockwork.sdk.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** Checks a file that a command names, before anything is sent. */
final class InputFile {
    private InputFile() {}

    static Path checked(Path file) {
        if (!Files.exists(file)) {
            throw new IllegalArgumentException("there is no file " + file);
        }
        if (Files.isDirectory(file)) {
            throw new IllegalArgumentException(file + " is a directory, not a file");
        }
        if (!Files.isReadable(file)) {
            throw new IllegalArgumentException("the file " + file + " cannot be read");
        }
        return file;
    }
}
