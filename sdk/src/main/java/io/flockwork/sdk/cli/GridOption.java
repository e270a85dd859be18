package io.flockwork.sdk.cli;

import io.flockwork.sdk.client.Grid;
import io.flockwork.sdk.model.Address;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which grid a command talks to. */
public final class GridOption {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--grid",
            split = ",",
            paramLabel = "HOST:PORT",
            description =
                    "The coordinator or any core of the grid that you are logged in to; several with commas (the coordinator of your login).")
    private List<Address> entrances;

    @Mixin
    private HomeOption home;

    Grid connect() {
        return main().connect(entrances(), home());
    }

    /** Where the grid is to be found, where that was said. */
    public List<Address> entrances() {
        return entrances == null ? List.of() : entrances;
    }

    /** Where this user's logins are. */
    public Path home() {
        return home.path(main());
    }

    /** Where the command reads and writes. */
    public Console console() {
        return main().console();
    }

    private Main main() {
        return Main.of(command);
    }
}
