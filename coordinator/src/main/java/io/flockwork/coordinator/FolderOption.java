package io.flockwork.coordinator;

import io.flockwork.sdk.cli.Homes;
import io.flockwork.sdk.cli.Main;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where the coordinator of a grid keeps what it must not forget. */
final class FolderOption {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--dir",
            paramLabel = "D",
            description = "The coordinator's folder (default: coordinator in FLOCKWORK_HOME or ~/.flockwork).")
    private Path dir;

    Path path() {
        return dir == null ? home().resolve("coordinator") : dir;
    }

    /** Where this user's logins are. */
    Path home() {
        return Homes.of(Main.of(command).environment());
    }

    boolean isGiven() {
        return dir != null;
    }
}
