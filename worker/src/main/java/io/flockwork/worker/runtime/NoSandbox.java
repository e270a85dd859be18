package io.flockwork.worker.runtime;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A runner that is a process like any other of its user: without an environment, and within bounds on Linux.
 *
 * @param why there is no sandbox, as a clause
 * @param bounds absent where the system has none of the kind
 * @param nice the program that lowers the priority, where there is one
 */
record NoSandbox(String why, Optional<ProcessBounds> bounds, Optional<Path> nice) implements Sandbox {
    @Override
    public List<String> enclose(List<String> java, Path scratch, Path board) {
        if (bounds.isPresent()) {
            return bounds.get().around(java);
        }
        List<String> command = new ArrayList<>(ProcessBounds.lowPriority(nice));
        command.addAll(java);
        return command;
    }

    @Override
    public Optional<ProcessHandle> jvmIn(Process process) {
        return Optional.of(process.toHandle());
    }

    @Override
    public String protection() {
        return "Units run without a sandbox, because " + why
                + ": WebAssembly units still reach nothing of this machine, but Java units could read and change what"
                + " you can.";
    }
}
