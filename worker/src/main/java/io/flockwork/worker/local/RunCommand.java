package io.flockwork.worker.local;

import io.flockwork.sdk.cli.Command;
import io.flockwork.sdk.cli.Console;
import io.flockwork.sdk.cli.Destination;
import io.flockwork.sdk.cli.Homes;
import io.flockwork.sdk.cli.JobOptions;
import io.flockwork.sdk.cli.Main;
import io.flockwork.sdk.cli.OnInterrupt;
import io.flockwork.sdk.client.JobRequest;
import io.flockwork.worker.runtime.RunnerOptions;
import io.flockwork.worker.runtime.RunnerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code flockwork run --local}: a job's units on this machine, as a worker would compute them, with no grid. */
@CommandLine.Command(
        name = "run",
        description = "Run a job on this machine alone, exactly as a worker would; for those who write jobs.",
        sortOptions = false,
        customSynopsis = {
            "flockwork run --local (TYPE [key=value]... | --wasm FILE [--arg A]...)",
            "         [any option that describes a job to flockwork submit] [-o FILE|DIR]",
            "         [--unit N|FROM..TO] [--twice] [--json] [--jar FILE] [--slots N] [--memory SIZE]",
            "         [--sandbox auto|required|off] [--trust KEY]"
        })
public final class RunCommand implements Command {
    @Spec
    private CommandSpec command;

    @Option(names = "--local", description = "On this machine, with no grid; the only way there is.")
    private boolean local;

    @Mixin
    private JobOptions description;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE|DIR",
            description =
                    "Write the results to this file, or one file for each unit into this folder (default: standard output).")
    private String output;

    @Option(
            names = "--unit",
            paramLabel = "N|FROM..TO",
            description = "Run this unit only, combine nothing, and show what it says on standard error.")
    private String unit;

    @Option(names = "--twice", description = "Run each unit twice and compare: will other machines confirm it?")
    private boolean twice;

    @Option(names = "--json", description = "Print the account of the units as JSON.")
    private boolean json;

    @Option(names = "--jar", paramLabel = "FILE", description = "Your own jar of job types; needs no signature here.")
    private List<Path> ownJars = List.of();

    @Mixin
    private RunnerOptions runner;

    @Override
    public Integer call() throws Exception {
        if (!local) {
            throw new IllegalArgumentException(
                    "run computes on this machine and needs --local; flockwork submit hands a job to a grid");
        }
        Console console = Main.of(command).console();
        JobRequest request = description.request();
        Destination destination = Destination.of(output, console);
        ownJars.forEach(RunCommand::requireJar);
        try (LocalRun run = LocalRun.open(this::settings)) {
            OnInterrupt sweeping = new OnInterrupt(run::close);
            try {
                return new Accounting(console, destination, json).of(run, request, Optional.ofNullable(unit), twice);
            } finally {
                sweeping.close();
            }
        }
    }

    private RunnerSettings settings(Workplace place) throws IOException {
        Path home = Homes.of(Main.of(command).environment());
        List<Path> jars = new ArrayList<>(runner.jars(home).copiedTo(place.path("jars")));
        ownJars.forEach(jar -> jars.add(jar.toAbsolutePath()));
        return RunnerSettings.of(runner.slots(), runner.memoryBytes(), place.path("runner"))
                .with(runner.sandbox())
                .with(jars);
    }

    private static void requireJar(Path jar) {
        if (!Files.isRegularFile(jar)) {
            throw new IllegalArgumentException("there is no file " + jar);
        }
    }
}
