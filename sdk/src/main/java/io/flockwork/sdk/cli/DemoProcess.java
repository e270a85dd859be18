package io.flockwork.sdk.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One process of the demo's grid, its output in a log file. */
record DemoProcess(String name, Process process, Path log) {
    private static final int LAST_LINES = 15;
    private static final int GRACE_SECONDS = 3;

    static DemoProcess start(
            Path launcher, Path folder, String name, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--dir", folder.resolve(name).toString()));
        Path log = folder.resolve(name + ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        // What a user has set for other grids is not for this one; job types of their own are.
        builder.environment()
                .keySet()
                .removeIf(variable -> variable.startsWith("FLOCKWORK_") && !variable.equals("FLOCKWORK_HOME"));
        builder.environment().putAll(environment);
        builder.environment().put("FLOCKWORK_BUILD", "off");
        builder.environment().put("FLOCKWORK_JAVA_OPTS", javaOptions(folder));
        return new DemoProcess(name, builder.start(), log);
    }

    private static String javaOptions(Path folder) {
        return String.join(
                " ",
                // Standard input is a pipe from here: the process never outlives this one.
                "-Dflockwork.leash=true",
                // Whatever a killed process leaves behind goes with the folder.
                "-XX:-UsePerfData",
                "-Djava.io.tmpdir=" + folder.resolve("tmp"),
                // Several processes start at once and live for seconds: the second compiler would only be in their way.
                "-XX:TieredStopAtLevel=1");
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it at once; the processes it had started get a moment to see that and to tidy up. */
    void kill() {
        List<ProcessHandle> children;
        try (Stream<ProcessHandle> descendants = process.descendants()) {
            children = descendants.toList();
        }
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroy);
        awaitEnd(children);
        children.forEach(ProcessHandle::destroyForcibly);
        awaitEnd(List.of(process.toHandle()));
    }

    private static void awaitEnd(List<ProcessHandle> handles) {
        CompletableFuture<?>[] ends =
                handles.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(ends)
                .completeOnTimeout(null, GRACE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    String lastLines() {
        try {
            List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            List<String> last = lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
            return "--- " + name + System.lineSeparator() + String.join(System.lineSeparator(), last);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
