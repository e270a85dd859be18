package io.flockwork.grid;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

/** WebAssembly modules to submit. */
final class Modules {
    private Modules() {}

    /** One of the examples that the project shows its users. */
    static Path example(String name) {
        return Path.of(System.getProperty("flockwork.launcher")).resolveSibling("jobs/src/main/wasm/" + name);
    }

    /** One made for these tests. */
    static Path fixture(String name) {
        try {
            return Path.of(Objects.requireNonNull(Modules.class.getResource("/wasm/" + name))
                    .toURI());
        } catch (URISyntaxException odd) {
            throw new IllegalStateException(odd);
        }
    }
}
