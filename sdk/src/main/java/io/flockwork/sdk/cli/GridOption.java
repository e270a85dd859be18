package io.flockwork.sdk.cli;

import io.flockwork.sdk.client.Grid;
import io.flockwork.sdk.model.Address;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which grid a command talks to. */
final class GridOption {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--grid",
            split = ",",
            paramLabel = "HOST:PORT",
            defaultValue = "localhost:7700",
            description = "The grid's coordinator or any of its cores; several with commas (${DEFAULT-VALUE}).")
    private List<Address> entrances;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Where what is known of the grid is kept (FLOCKWORK_HOME, else ~/.flockwork).")
    private Path home;

    Grid connect() {
        return main().connect(entrances, home());
    }

    List<Address> entrances() {
        return entrances;
    }

    Path home() {
        if (home != null) {
            return home;
        }
        String set = main().environment().get("FLOCKWORK_HOME");
        return set != null && !set.isBlank() ? Path.of(set) : Path.of(System.getProperty("user.home"), ".flockwork");
    }

    Console console() {
        return main().console();
    }

    private Main main() {
        return Main.of(command);
    }
}
