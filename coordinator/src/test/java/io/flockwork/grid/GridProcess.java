package io.flockwork.grid;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One process of a grid under test, which can be killed and started anew with the same command and folder. */
final class GridProcess {
    private static final int LAST_LINES = 40;

    private final String name;
    private final ProcessBuilder builder;
    private final Path log;
    private Process process;

    GridProcess(String name, ProcessBuilder builder, Path log) {
        this.name = name;
        this.log = log;
        this.builder = builder.redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    }

    /** To be changed before it starts. */
    Map<String, String> environment() {
        return builder.environment();
    }

    String name() {
        return name;
    }

    synchronized void start() {
        try {
            process = builder.start();
        } catch (IOException cannotStart) {
            throw new UncheckedIOException(cannotStart);
        }
    }

    synchronized boolean isAlive() {
        return process.isAlive();
    }

    /** What it ended with. */
    synchronized int exitCode() {
        return process.exitValue();
    }

    /** The processes that it started: a worker's runner. */
    synchronized List<ProcessHandle> children() {
        try (Stream<ProcessHandle> children = process.toHandle().children()) {
            return children.toList();
        }
    }

    /** Kill -9; returns when it is gone. The launcher's process became Java's, so nothing stands between. */
    synchronized void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Stops it in its tracks, for good: it can only be killed. */
    synchronized void freeze() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-STOP", "" + process.pid()).start().waitFor();
    }

    /** Kills it and all that it started. */
    synchronized void killWithChildren() {
        List<ProcessHandle> family = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        family.forEach(ProcessHandle::destroyForcibly);
        CompletableFuture.allOf(family.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    String log() {
        try {
            return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The end of what it wrote. */
    String lastLines() {
        List<String> lines = log().lines().toList();
        List<String> last = lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
        return "--- " + name + System.lineSeparator() + String.join(System.lineSeparator(), last);
    }
}
