package io.flockwork.sdk.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where this user's logins are. */
final class HomeOption {
    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description =
                    "Where your login and what is known of the grid are kept (FLOCKWORK_HOME, else ~/.flockwork).")
    private Path home;

    Path path(Main program) {
        return home != null ? home : Homes.of(program.environment());
    }
}
