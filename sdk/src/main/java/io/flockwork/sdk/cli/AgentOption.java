package io.flockwork.sdk.cli;

import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which of this machine's agents a command talks to. */
final class AgentOption {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--dir", paramLabel = "DIR", description = "The worker's folder (FLOCKWORK_HOME/worker).")
    private Path dir;

    AgentSocket socket() {
        return new AgentSocket(
                dir == null ? Homes.of(Main.of(command).environment()).resolve("worker") : dir);
    }

    Console console() {
        return Main.of(command).console();
    }
}
