package io.flockwork.sdk.model;

import java.util.List;
import java.util.Map;

/** What a job's units run. */
public sealed interface Code {
    /**
     * A WASI preview 1 command module.
     *
     * @param module the module as its author made it
     * @param metered what {@code io.flockwork.sdk.wasm.Metering} makes of it, which is what runs: who makes something else of
     *     it is of another version, and its count of work would be another
     * @param arguments {@code argv[1..]}; the units of a {@link Recipe.Range} get their FROM and TO after these
     */
    record Wasm(BlobId module, BlobId metered, List<String> arguments) implements Code {
        public Wasm {
            arguments = List.copyOf(arguments);
        }
    }

    /** A job type that the worker finds by {@code ServiceLoader}. */
    record Java(String type, Map<String, String> parameters) implements Code {
        public Java {
            parameters = Map.copyOf(parameters);
        }
    }
}
