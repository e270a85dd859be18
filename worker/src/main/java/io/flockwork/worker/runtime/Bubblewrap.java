package io.flockwork.worker.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A runner in Linux namespaces of its own, by bubblewrap: it sees the system's libraries, its JDK and its class path,
 * read-only, and itself; it has no network, no other process, no privileges, and nothing to write to but a folder in
 * memory and the board.
 *
 * @param program bubblewrap's file
 * @param machine whose system calls are filtered; absent: none are
 * @see <a href="https://github.com/containers/bubblewrap">bubblewrap</a>
 */
record Bubblewrap(Path program, Optional<Machine> machine, ProcessBounds bounds) implements Sandbox {
    private static final String NOBODY = "65534";
    private static final String TEMPORARY = "/tmp";

    /** The JVM is the first process of its namespace, so that bubblewrap's own command line is out of its sight. */
    private static final List<String> ALONE = List.of(
            "--unshare-user",
            "--uid",
            NOBODY,
            "--gid",
            NOBODY,
            "--unshare-pid",
            "--as-pid-1",
            "--unshare-net",
            "--unshare-ipc",
            "--unshare-uts",
            "--unshare-cgroup-try",
            "--hostname",
            "runner",
            "--cap-drop",
            "ALL",
            "--clearenv",
            "--die-with-parent");

    @Override
    public List<String> enclose(List<String> java, Path scratch, Path board) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        if (machine.isPresent()) {
            command.addAll(List.of("--seccomp", "9"));
        }
        command.addAll(ALONE);
        if (bounds.setsid().isEmpty()) {
            command.add("--new-session");
        }
        command.addAll(world(board, java.get(java.indexOf(RunnerProcess.CLASS_PATH) + 1)));
        command.addAll(java);
        if (machine.isEmpty()) {
            return bounds.around(command);
        }
        Path filter = scratch.resolve("runner.seccomp");
        Files.write(filter, SeccompFilter.bytes(machine.get()));
        return bounds.around(command, filter);
    }

    /** The files inside. Whatever is made last lies upon what was made before, and the root is closed at the end. */
    private static List<String> world(Path board, String classPath) throws IOException {
        List<String> world = new ArrayList<>();
        world.addAll(List.of("--proc", "/proc"));
        for (String device : List.of("/dev/null", "/dev/random", "/dev/urandom")) {
            world.addAll(List.of("--dev-bind", device, device));
        }
        world.addAll(List.of("--size", Long.toString(ProcessBounds.FILE_MIB << 20), "--tmpfs", TEMPORARY));
        world.addAll(new ReadOnlyFiles().arguments(classPath));
        world.addAll(List.of("--bind", board.toString(), board.toString()));
        world.addAll(List.of("--chdir", TEMPORARY, "--remount-ro", "/"));
        return world;
    }

    /** Bubblewrap itself stays as the parent of the one process inside, and ends with it. */
    @Override
    public Optional<ProcessHandle> jvmIn(Process process) {
        return process.children().findFirst();
    }

    @Override
    public String protection() {
        return "Units run under bubblewrap: no network, none of your files, a temporary folder of "
                + ProcessBounds.FILE_MIB + " MiB that is gone with them, at most " + bounds.dataMib()
                + " MiB of memory" + (bounds.nice().isPresent() ? ", a low priority" : "")
                + (machine.isPresent() ? "." : "; system calls are not filtered on this kind of processor.");
    }
}
