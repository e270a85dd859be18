package io.flockwork.worker.runtime;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a JVM needs of its machine, as arguments for bubblewrap: the system's libraries, the JDK it runs on, what that
 * JDK's links point to (a distribution may keep its settings in /etc), and the class path. Each keeps its path.
 */
final class ReadOnlyFiles {
    private static final List<String> LIBRARIES = List.of(
            "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/libx32", "/lib", "/lib32", "/lib64", "/libx32", "/nix/store");

    private final List<String> arguments = new ArrayList<>();
    private final List<Path> folders = new ArrayList<>();

    /** @throws IOException when the JDK cannot be looked through */
    List<String> arguments() throws IOException {
        for (String library : LIBRARIES) {
            addLibrary(Path.of(library));
        }
        Path java = Path.of(System.getProperty("java.home"));
        add(java);
        try (Stream<Path> files = Files.walk(java)) {
            for (Path link : files.filter(Files::isSymbolicLink).toList()) {
                add(link.resolveSibling(Files.readSymbolicLink(link)).normalize());
            }
        }
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            add(Path.of(entry).toAbsolutePath());
        }
        return arguments;
    }

    private void addLibrary(Path folder) throws IOException {
        if (Files.isSymbolicLink(folder)) {
            arguments.addAll(List.of("--symlink", Files.readSymbolicLink(folder).toString(), folder.toString()));
            folders.add(folder);
        } else {
            add(folder);
        }
    }

    private void add(Path path) {
        if (Files.exists(path) && folders.stream().noneMatch(path::startsWith)) {
            arguments.addAll(List.of("--ro-bind", path.toString(), path.toString()));
            folders.add(path);
        }
    }
}
