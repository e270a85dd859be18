package io.flockwork.grid;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A volunteer's machine as an installer finds it: a home, an ordinary user, a few tools in the PATH, and no Java. Where the
 * tests run as root, the user is nobody (65534).
 */
final class CleanMachine implements AutoCloseable {
    private static final List<String> TOOLS = List.of(
            "sh",
            "curl",
            "tar",
            "gzip",
            "sha256sum",
            "cut",
            "uname",
            "id",
            "mkdir",
            "mv",
            "rm",
            "ln",
            "ls",
            "cat",
            "chmod",
            "readlink",
            "dirname",
            "sleep",
            "grep",
            "rmdir");
    private static final List<String> BECOME_NOBODY =
            List.of("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups");

    private final boolean root = "root".equals(System.getProperty("user.name"));
    private final Path folder;
    private int commands;

    CleanMachine() throws IOException {
        folder = Files.createTempDirectory("flockwork-clean-");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path tools = Files.createDirectory(folder.resolve("bin"));
        for (String tool : TOOLS) {
            Files.createSymbolicLink(tools.resolve(tool), find(tool));
        }
        Files.createDirectory(home());
        if (root) {
            Files.setAttribute(home(), "unix:uid", 65534);
        }
    }

    private static Path find(String tool) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(dir -> Path.of(dir, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no " + tool + " here"));
    }

    Path home() {
        return folder.resolve("home");
    }

    /** A file that the user can read. */
    Path file(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        return file;
    }

    /** The command as that user would start it. */
    ProcessBuilder builder(List<String> command) {
        List<String> whole = new ArrayList<>(root ? BECOME_NOBODY : List.of());
        whole.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(whole).directory(folder.toFile());
        builder.environment().clear();
        // The search for setpriv uses this process's own PATH.
        builder.environment().put("PATH", folder.resolve("bin").toString());
        builder.environment().put("HOME", home().toString());
        return builder;
    }

    /** Runs a command to its end. */
    Ran run(String... command) throws IOException, InterruptedException {
        return TestGrid.RunningCommand.start(
                        builder(List.of(command)), List.of(command), folder.resolve("command-" + commands++))
                .end();
    }

    /** What is in the home, folders aside. */
    List<String> left() throws IOException {
        try (Stream<Path> files = Files.walk(home())) {
            return files.filter(file -> !Files.isDirectory(file) || Files.isSymbolicLink(file))
                    .map(file -> home().relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
