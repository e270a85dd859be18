package io.flockwork.worker.runtime;

import java.nio.file.Path;
import java.util.List;

/**
 * What a runner may use of its machine.
 *
 * @param slots units that run at once
 * @param memoryBytes memory of all units that run at once; the runner's heap is half as large again, since a memory
 *     that grows is for a moment there twice
 * @param scratch a directory of the runner's own: its working directory, made if it is not there
 * @param sandbox whether it is put into a sandbox
 * @param givesWay whether it runs at a low priority: on a volunteer's machine, unlike on one that is there for the grid
 * @param jars job types beside those that come with the worker
 * @param jvmOptions further options of the runner's JVM
 */
public record RunnerSettings(
        int slots,
        long memoryBytes,
        Path scratch,
        SandboxChoice sandbox,
        boolean givesWay,
        List<Path> jars,
        List<String> jvmOptions) {
    private static final int MOST_SLOTS = 1024;
    private static final long LEAST_MEMORY = 1 << 20;

    public RunnerSettings {
        if (slots < 1 || slots > MOST_SLOTS) {
            throw new IllegalArgumentException("slots must be from 1 to " + MOST_SLOTS + ", not " + slots);
        }
        if (memoryBytes < LEAST_MEMORY) {
            throw new IllegalArgumentException("a runner needs at least 1 MiB of memory for its units");
        }
        jars = List.copyOf(jars);
        jvmOptions = List.copyOf(jvmOptions);
    }

    /** Settings without further JVM options, in a sandbox where there is one. */
    public static RunnerSettings of(int slots, long memoryBytes, Path scratch) {
        return new RunnerSettings(slots, memoryBytes, scratch, SandboxChoice.AUTO, false, List.of(), List.of());
    }

    /** The same but for the sandbox. */
    public RunnerSettings with(SandboxChoice choice) {
        return new RunnerSettings(slots, memoryBytes, scratch, choice, givesWay, jars, jvmOptions);
    }

    /** The same but for the job types. */
    public RunnerSettings with(List<Path> otherJars) {
        return new RunnerSettings(slots, memoryBytes, scratch, sandbox, givesWay, otherJars, jvmOptions);
    }

    /** The same at a low priority. */
    public RunnerSettings givingWay() {
        return new RunnerSettings(slots, memoryBytes, scratch, sandbox, true, jars, jvmOptions);
    }
}
