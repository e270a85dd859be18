package io.flockwork.sdk.cli;

import java.nio.file.Path;
import java.util.Map;
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
        return new AgentSocket(dir == null ? home().resolve("worker") : dir);
    }

    private Path home() {
        Map<String, String> environment = Main.of(command).environment();
        String set = environment.get("FLOCKWORK_HOME");
        return set != null && !set.isBlank() ? Path.of(set) : Path.of(System.getProperty("user.home"), ".flockwork");
    }

    Console console() {
        return Main.of(command).console();
    }
}
