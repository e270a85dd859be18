package io.flockwork.worker.runtime;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Finds out what sandbox this machine has, by trying it: bubblewrap may be there and user namespaces forbidden. What is
 * tried is a whole runner, which ends well at once because its input does.
 */
final class SandboxSearch {
    private static final int PATIENCE_SECONDS = 30;
    private static final int LAST_WORDS = 4096;
    private static final String ADVICE = "; 'flockwork doctor' says what helps";

    private final RunnerSettings settings;
    private final String system;
    private final List<Path> programFolders;

    SandboxSearch(RunnerSettings settings, String system, String programPath) {
        this.settings = settings;
        this.system = system;
        this.programFolders = Arrays.stream(programPath.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of)
                .toList();
    }

    /** The sandbox that these settings ask for and this machine has. */
    static Sandbox find(RunnerSettings settings) throws IOException {
        String path = System.getenv("PATH");
        return new SandboxSearch(settings, System.getProperty("os.name"), path == null ? "/usr/bin" : path).find();
    }

    /**
     * @throws IllegalStateException with one sentence when a sandbox is required and there is none
     * @throws IOException when the scratch folder cannot be used
     */
    Sandbox find() throws IOException {
        Optional<Path> program = programNamed("bwrap");
        if (settings.sandbox() == SandboxChoice.OFF) {
            return none("it was told so (--sandbox off)");
        }
        if (!isLinux()) {
            return none("Flockwork has none for " + system);
        }
        if (program.isEmpty()) {
            return none("bubblewrap is not installed" + ADVICE);
        }
        Bubblewrap bubblewrap = new Bubblewrap(program.get(), Machine.named(System.getProperty("os.arch")), bounds());
        Optional<String> failure = failure(bubblewrap);
        return failure.isPresent()
                ? none("bubblewrap does not work here (" + failure.get() + ")" + ADVICE)
                : bubblewrap;
    }

    private NoSandbox none(String why) {
        if (settings.sandbox() == SandboxChoice.REQUIRED) {
            throw new IllegalStateException("a sandbox is required, but " + why);
        }
        return new NoSandbox(why, isLinux() ? Optional.of(bounds()) : Optional.empty(), forGivingWay("nice"));
    }

    private boolean isLinux() {
        return system.equals("Linux");
    }

    private ProcessBounds bounds() {
        return new ProcessBounds(
                ProcessBounds.FILE_MIB,
                RunnerMemory.of(settings).totalMib(),
                forGivingWay("setsid"),
                forGivingWay("nice"));
    }

    private Optional<Path> forGivingWay(String program) {
        return settings.givesWay() ? programNamed(program) : Optional.empty();
    }

    private Optional<Path> programNamed(String name) {
        return programFolders.stream()
                .map(folder -> folder.resolve(name).toAbsolutePath())
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Why a runner does not run inside; empty when it does. */
    private Optional<String> failure(Sandbox sandbox) throws IOException {
        Path scratch = settings.scratch().toAbsolutePath();
        Files.createDirectories(scratch);
        Path board = scratch.resolve("trial.board");
        Path words = scratch.resolve("trial.err");
        Board.create(board, Workshop.places(settings.slots()));
        // Further options of the JVM may be wrong without any fault of the sandbox's.
        RunnerSettings plain = RunnerSettings.of(settings.slots(), settings.memoryBytes(), scratch);
        try {
            Process trial = start(sandbox.enclose(RunnerProcess.command(plain, board), scratch, board), words);
            trial.getOutputStream().close();
            if (!trial.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                trial.destroyForcibly().waitFor();
                return Optional.of("it gave no answer within " + PATIENCE_SECONDS + " seconds");
            }
            return trial.exitValue() == 0 ? Optional.empty() : Optional.of(lastWords(words));
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while it tried the sandbox", hurried);
        } finally {
            Files.deleteIfExists(board);
            Files.deleteIfExists(words);
        }
    }

    private static Process start(List<String> command, Path words) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(words.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        return builder.start();
    }

    private static String lastWords(Path words) throws IOException {
        try (var file = Files.newInputStream(words)) {
            return Wording.line(new String(file.readNBytes(LAST_WORDS), StandardCharsets.UTF_8));
        }
    }
}
