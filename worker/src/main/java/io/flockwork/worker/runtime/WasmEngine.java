package io.flockwork.worker.runtime;

import java.io.OutputStream;
import java.util.List;

/** Runs WebAssembly. Thread-safe, as are its programs. */
interface WasmEngine {
    /**
     * Makes a module ready to run: one that counts its own work.
     *
     * @throws IllegalArgumentException with one sentence when it is no module that can run here
     */
    Program load(byte[] module);

    /** A module, ready to run as often as one likes. */
    interface Program {
        /**
         * Runs the module's {@code _start} in a memory and a world of its own.
         *
         * @throws UnitFailure when the module traps or passes a limit
         */
        End run(Call call);
    }

    /** How a run ended: with this exit code after so much work. */
    record End(int exitCode, long fuel) {}

    /**
     * One run.
     *
     * @param arguments {@code argv}
     * @param input standard input
     * @param inputName the input's name in the root directory, or empty
     * @param seed what the random numbers come from
     * @param memoryBytes most linear memory
     * @param fuel most work
     */
    record Call(
            List<String> arguments,
            byte[] input,
            String inputName,
            long seed,
            long memoryBytes,
            long fuel,
            OutputStream stdout,
            OutputStream stderr) {}
}
