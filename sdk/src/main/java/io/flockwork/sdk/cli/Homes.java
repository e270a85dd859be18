package io.flockwork.sdk.cli;

import java.nio.file.Path;
import java.util.Map;

/** Where Flockwork keeps what it must not forget. */
public final class Homes {
    private Homes() {}

    /** {@code FLOCKWORK_HOME}, by default {@code ~/.flockwork}. */
    public static Path of(Map<String, String> environment) {
        String set = environment.get("FLOCKWORK_HOME");
        return set != null && !set.isBlank() ? Path.of(set) : Path.of(System.getProperty("user.home"), ".flockwork");
    }
}
