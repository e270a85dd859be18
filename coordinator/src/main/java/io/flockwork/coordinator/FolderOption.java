package io.flockwork.coordinator;

import io.flockwork.sdk.cli.Homes;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the coordinator of a grid keeps what it must not forget. */
final class FolderOption {
    @Option(
            names = "--dir",
            paramLabel = "D",
            description = "The coordinator's folder (default: coordinator in FLOCKWORK_HOME or ~/.flockwork).")
    private Path dir;

    Path path() {
        return dir == null ? Homes.of(System.getenv()).resolve("coordinator") : dir;
    }

    boolean isGiven() {
        return dir != null;
    }
}
