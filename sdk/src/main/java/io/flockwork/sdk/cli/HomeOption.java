package io.flockwork.sdk.cli;

import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where this user's logins are. */
final class HomeOption {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description =
                    "Where your login and what is known of the grid are kept (FLOCKWORK_HOME, else ~/.flockwork).")
    private Path home;

    Path path() {
        return home != null ? home : Homes.of(Main.of(command).environment());
    }
}
