package io.flockwork.worker.runtime;

import java.io.OutputStream;
import java.util.List;

/** Runs WebAssembly. Thread-safe, as are its programs. */
interface WasmEngine {
    /**
     * Makes a module ready to run.
     *
     * @throws IllegalArgumentException with one sentence when it is no module that can run here
     */
    Program load(byte[] module);

    /** A module, ready to run as often as one likes. */
    interface Program {
        /**
         * Runs the module's {@code _start} in a memory and a world of its own.
         *
         * @return the exit code
         * @throws UnitFailure when the module traps or passes a limit
         */
        int run(Call call);
    }

    /**
     * One run.
     *
     * @param arguments {@code argv}
     * @param input standard input
     * @param inputName the input's name in the root directory, or empty
     * @param seed what the random numbers come from
     * @param memoryBytes most linear memory
     */
    record Call(
            List<String> arguments,
            byte[] input,
            String inputName,
            long seed,
            long memoryBytes,
            OutputStream stdout,
            OutputStream stderr) {}
}
