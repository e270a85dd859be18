package io.flockwork.worker.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What stands between a runner and the machine it runs on. */
sealed interface Sandbox permits Bubblewrap, NoSandbox {
    /**
     * The command that runs a JVM inside.
     *
     * @param java the JVM's own command, its paths as they are outside
     * @param scratch a folder for what the sandbox itself needs, outside; it exists
     * @param board the one file that the JVM may write
     * @throws IOException when the folder cannot be used
     */
    List<String> enclose(List<String> java, Path scratch, Path board) throws IOException;

    /** The JVM, or what becomes it, in a process that was started with such a command; absent for its first moments. */
    Optional<ProcessHandle> jvmIn(Process process);

    /** What the sandbox keeps units from, or why there is none, in one sentence for the volunteer. */
    String protection();
}
