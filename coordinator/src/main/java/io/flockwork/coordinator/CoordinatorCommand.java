package io.flockwork.coordinator;

import io.flockwork.sdk.cli.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code flockwork coordinator}: runs until it is told to stop. */
@CommandLine.Command(name = "coordinator", description = "Start a grid: let core workers find each other.")
public final class CoordinatorCommand implements Command {
    @Option(
            names = "--dir",
            paramLabel = "D",
            description = "What it keeps (default: coordinator in FLOCKWORK_HOME or ~/.flockwork).")
    Path dir;

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "7700", description = "Default: ${DEFAULT-VALUE}.")
    int port;

    @Option(
            names = "--host",
            paramLabel = "NAME",
            defaultValue = "127.0.0.1",
            description = "A name or address of this machine to listen on (default: ${DEFAULT-VALUE}).")
    String host;

    @Spec
    CommandSpec spec;

    /** For the command line. */
    public CoordinatorCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path kept = dir == null ? defaultDir(System.getenv()) : dir;
        try (Coordinator coordinator =
                Coordinator.start(new CoordinatorSettings(kept, host, port, Clock.systemUTC()))) {
            spec.commandLine().getOut().println("coordinator listening on " + coordinator.address());
            spec.commandLine().getOut().flush();
            new CountDownLatch(1).await();
        }
        return 0;
    }

    static Path defaultDir(Map<String, String> environment) {
        String home = environment.getOrDefault("FLOCKWORK_HOME", "");
        Path base = home.isBlank() ? Path.of(System.getProperty("user.home"), ".flockwork") : Path.of(home);
        return base.resolve("coordinator");
    }
}
