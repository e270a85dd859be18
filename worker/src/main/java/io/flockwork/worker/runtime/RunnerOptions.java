package io.flockwork.worker.runtime;

import io.flockwork.sdk.cli.SizeConverter;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.WorkerInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** What of a machine its units may have, on the command line. */
public final class RunnerOptions {
    private static final long LEAST_MEMORY = 1L << 30;
    private static final long MEMORY_OF_SLOT = 256L << 20;

    @Option(names = "--slots", paramLabel = "N", description = "Units to run at once (the machine's cores).")
    private Integer slots;

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            converter = SizeConverter.class,
            description = "Memory for all units together (1g, or 256m a slot where that is more).")
    private Long memory;

    @Option(
            names = "--sandbox",
            paramLabel = "auto|required|off",
            defaultValue = "auto",
            description = "Put units into a sandbox where there is one, always, or never (${DEFAULT-VALUE}).")
    private String sandbox;

    @Option(
            names = "--trust",
            split = ",",
            paramLabel = "KEY",
            defaultValue = Option.NULL_VALUE,
            description = "Publishers whose signed jars in the folder jobs of FLOCKWORK_HOME are loaded (none).")
    private List<NodeId> publishers;

    /** Units at once. */
    public int slots() {
        return slots == null
                ? Runtime.getRuntime().availableProcessors()
                : (int) within("--slots", slots, 1, WorkerInfo.MOST_SLOTS);
    }

    /** Memory of all units together, bytes. */
    public long memoryBytes() {
        if (memory == null) {
            return Math.max(LEAST_MEMORY, slots() * MEMORY_OF_SLOT);
        }
        if (memory < 16L << 20 || memory > 1L << 40) {
            throw new IllegalArgumentException("--memory must be from 16m to 1024g");
        }
        return memory;
    }

    /** Whether units run in a sandbox. */
    public SandboxChoice sandbox() {
        return SandboxChoice.parse(sandbox);
    }

    /** The jars that are loaded, of those in the folder {@code jobs} of {@code home}. */
    public TrustedJars jars(Path home) {
        return new TrustedJars(home.resolve("jobs"), Set.copyOf(publishers == null ? List.of() : publishers));
    }

    private static long within(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(option + " must be from " + least + " to " + most + ", not " + value);
        }
        return value;
    }
}
