package io.flockwork.worker.runtime;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One runner process, from its start to its end. The one place that knows how such a process is started. */
final class RunnerProcess {
    private static final Logger LOG = LoggerFactory.getLogger(RunnerProcess.class);
    private static final int PIPE_BUFFER = 256 << 10;
    private static final int PATIENCE_SECONDS = 2;
    private static final int LAST_WORDS = 4096;
    private static final List<String> JVM_OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            // A module's large functions (C's printf is one) pass 8,000 bytes of byte code, beyond which HotSpot only
            // interprets.
            "-XX:-DontCompileHugeMethods",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:+DisplayVMOutputToStderr",
            "-Xlog:disable",
            "-Xlog:all=warning:stderr",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:-UsePerfData");

    /** The word before the class path, which a sandbox must let in. */
    static final String CLASS_PATH = "-cp";

    private final Process process;
    private final Sandbox sandbox;
    private final Path board;
    private final int places;
    private final Path errors;
    private final DataInputStream in;
    private final OutputStream out;
    private volatile String killedFor = "";

    private RunnerProcess(Process process, Sandbox sandbox, Path board, int places, Path errors) {
        this.process = process;
        this.sandbox = sandbox;
        this.board = board;
        this.places = places;
        this.errors = errors;
        this.in = new DataInputStream(new BufferedInputStream(process.getInputStream(), PIPE_BUFFER));
        this.out = new BufferedOutputStream(process.getOutputStream(), PIPE_BUFFER);
    }

    /**
     * Starts a process that inherits nothing: no environment, no open files but its pipes. A sandboxed one ends with the
     * thread that starts it.
     */
    static RunnerProcess start(RunnerSettings settings, Sandbox sandbox) throws IOException {
        Files.createDirectories(settings.scratch());
        Path scratch = settings.scratch().toAbsolutePath();
        Path board = scratch.resolve("runner.board");
        Path errors = scratch.resolve("runner.err");
        int places = Workshop.places(settings.slots());
        Board.create(board, places);
        ProcessBuilder builder = new ProcessBuilder(sandbox.enclose(command(settings, board), scratch, board))
                .directory(scratch.toFile())
                .redirectError(errors.toFile());
        builder.environment().clear();
        return new RunnerProcess(builder.start(), sandbox, board, places, errors);
    }

    /** The runner's program with its arguments, outside any sandbox. */
    static List<String> command(RunnerSettings settings, Path board) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(RunnerMemory.of(settings).jvmOptions());
        command.addAll(JVM_OPTIONS);
        command.addAll(settings.jvmOptions());
        command.addAll(List.of(CLASS_PATH, classPath(settings), RunnerMain.class.getName()));
        command.add(Integer.toString(settings.slots()));
        command.add(Long.toString(settings.memoryBytes()));
        command.add(board.toString());
        return command;
    }

    private static String classPath(RunnerSettings settings) {
        Stream<Path> own = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of);
        return Stream.concat(own, settings.jars().stream())
                .map(entry -> entry.toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    DataInputStream in() {
        return in;
    }

    OutputStream out() {
        return out;
    }

    /**
     * Ends the process at once, or, while its sandbox is not there yet, as soon as it has started: bubblewrap that is
     * killed while it clones itself leaves a process behind that waits for ever.
     */
    void kill(String reason) {
        killedFor = reason;
        sandbox.jvmIn(process).ifPresentOrElse(ProcessHandle::destroyForcibly, this::endStart);
    }

    /** A runner ends when its input does; what has not become one after a while never will. */
    private void endStart() {
        process.onExit()
                .completeOnTimeout(process, PATIENCE_SECONDS, TimeUnit.SECONDS)
                .thenAccept(Process::destroyForcibly);
        try {
            process.getOutputStream().close();
        } catch (IOException gone) {
            LOG.debug("The runner's input was closed already", gone);
        }
    }

    boolean wasKilled() {
        return !killedFor.isEmpty();
    }

    /** Waits for the process to be gone, and tells how it went, in a few words. */
    String awaitEnd() throws InterruptedException, IOException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        int status = process.waitFor();
        if (wasKilled()) {
            return killedFor;
        }
        String words = lastWords();
        boolean outOfMemory = words.contains("OutOfMemoryError") || words.contains("insufficient memory");
        return outOfMemory ? "out of memory" : "exit status " + status;
    }

    /** The tickets that ran when the process ended. */
    Set<Integer> running() throws IOException {
        return Board.read(board, places);
    }

    /** What the process said last, as one line. */
    String lastWords() throws IOException {
        try (var file = Files.newInputStream(errors)) {
            file.skipNBytes(Math.max(0, Files.size(errors) - LAST_WORDS));
            return Wording.line(new String(file.readNBytes(LAST_WORDS), StandardCharsets.UTF_8));
        }
    }

    /** The JVM, once it has spoken. */
    long pid() {
        return sandbox.jvmIn(process).orElseGet(process::toHandle).pid();
    }
}
