package io.flockwork.sdk.job;

import java.util.Optional;

/** A parameter of a job type. Without a default it must be given. */
public record Parameter(String name, String description, Optional<String> byDefault) {
    /** A parameter that must be given. */
    public static Parameter required(String name, String description) {
        return new Parameter(name, description, Optional.empty());
    }

    /** A parameter that may be left out. */
    public static Parameter optional(String name, String description, String byDefault) {
        return new Parameter(name, description, Optional.of(byDefault));
    }
}
