package io.flockwork.sdk.monitor;

import java.util.Arrays;
import java.util.Optional;

/** What a node can be asked for. */
public enum Page {
    /** Its numbers, in Prometheus' text format. */
    METRICS("/metrics"),
    /** Whether it lives: who does not is to be started anew. */
    HEALTH("/health"),
    /** Whether it does what it is there for. */
    READY("/ready");

    private final String path;

    Page(String path) {
        this.path = path;
    }

    /** Where it is served. */
    public String path() {
        return path;
    }

    /** The page that is served there. */
    public static Optional<Page> at(String path) {
        return Arrays.stream(values()).filter(page -> page.path.equals(path)).findFirst();
    }
}
