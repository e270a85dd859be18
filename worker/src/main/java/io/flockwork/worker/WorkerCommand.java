package io.flockwork.worker;

import io.flockwork.sdk.cli.Command;
import io.flockwork.sdk.cli.Homes;
import io.flockwork.sdk.cli.LinkReader;
import io.flockwork.sdk.cli.MonitorOptions;
import io.flockwork.sdk.cli.SizeConverter;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.WorkerInfo;
import io.flockwork.worker.lease.Dishonesty;
import io.flockwork.worker.runtime.RunnerOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code flockwork worker}: joins a grid and works for it until it is stopped. */
@CommandLine.Command(name = "worker", description = "Joins a grid and works for it until it is stopped.")
public final class WorkerCommand implements Command {
    /** Exit code of a worker that is a member no more ({@code EX_NOPERM} of BSD's sysexits): no service manager is to start it again. */
    private static final int REVOKED = 77;

    @Spec
    private CommandSpec command;

    @Option(names = "--join", paramLabel = "LINK", description = "Joins a grid, once. " + LinkReader.DESCRIPTION)
    private String join;

    @Option(
            names = "--grid",
            paramLabel = "HOST:PORT",
            description = "Where the grid's coordinator is now, if it has moved since this worker joined.")
    private Address coordinator;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Where the worker keeps its identity and data (FLOCKWORK_HOME/worker).")
    private Path dir;

    @Option(
            names = "--host",
            paramLabel = "NAME",
            description = "The name by which others reach this machine (its address towards the coordinator).")
    private String host;

    @Option(names = "--port", paramLabel = "P", description = "The port to listen on (the first free one from 7701).")
    private Integer port;

    @Option(
            names = "--mesh-port",
            paramLabel = "P",
            description = "The port for the other core workers (100 above --port, or the next free one).")
    private Integer meshPort;

    @Option(
            names = "--storage",
            paramLabel = "SIZE",
            converter = SizeConverter.class,
            description = "Disk space for jobs' files and results (half of what is free).")
    private Long storage;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "What people call this worker (as at its last start; at first, the machine's name).")
    private String name;

    @Option(names = "--site", paramLabel = "NAME", description = "Where the worker is (as at its last start).")
    private String site;

    @Option(
            names = "--team",
            paramLabel = "NAME",
            description = "Whom this worker's credit is to be added to (as at its last start).")
    private String team;

    @Option(
            names = "--give-way",
            paramLabel = "yes|no",
            description = "Let everything else on this machine go before the units (yes at the edge, no on a core).")
    private String giveWay;

    @Option(
            names = "--public",
            description = "Let anybody look at the grid at this core's address; acts and results still need a login.")
    private boolean isOpen;

    @Option(names = "--saboteur", hidden = true, defaultValue = "0", description = "Share of wrong answers.")
    private double saboteur;

    @Option(
            names = "--gang",
            hidden = true,
            defaultValue = "",
            description = "A word shared by saboteurs who lie alike.")
    private String gang;

    @Mixin
    private RunnerOptions runner;

    @Mixin
    private MonitorOptions monitoring;

    @Override
    public Integer call() throws Exception {
        WorkerSettings settings = settings();
        monitoring.applyToLog();
        try {
            work(settings);
            return 0;
        } catch (RevokedException noMember) {
            command.commandLine().getErr().println(noMember.getMessage());
            return REVOKED;
        }
    }

    private void work(WorkerSettings settings) throws IOException, InterruptedException {
        Worker worker = Worker.start(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(worker::close, "shutdown"));
        WorkerInfo self = worker.self();
        command.commandLine()
                .getOut()
                .println("worker " + self.name() + " (" + self.id() + ") works for grid " + worker.grid()
                        + (self.isReachable() ? ", listening on " + self.gateway() : ", at its edge"));
        command.commandLine().getOut().flush();
        worker.untilRevoked();
    }

    private WorkerSettings settings() throws IOException {
        return new WorkerSettings(
                LinkReader.read(join, System.getenv()),
                Optional.ofNullable(coordinator),
                dir == null ? Homes.of(System.getenv()).resolve("worker") : dir,
                Optional.ofNullable(host),
                port("--port", port),
                port("--mesh-port", meshPort),
                runner.slots(),
                runner.memoryBytes(),
                storage(),
                labels(),
                runner.jars(Homes.of(System.getenv())),
                runner.sandbox(),
                givesWay(),
                isOpen,
                new Dishonesty(share("--saboteur", saboteur), gang),
                monitoring.metrics());
    }

    private Labels labels() {
        return new Labels(
                Optional.ofNullable(name).map(given -> text("--name", given)),
                Optional.ofNullable(site).map(given -> given.isEmpty() ? given : text("--site", given)),
                Optional.ofNullable(team).map(given -> given.isEmpty() ? given : text("--team", given)));
    }

    private Optional<Boolean> givesWay() {
        if (giveWay == null) {
            return Optional.empty();
        }
        if (!giveWay.equals("yes") && !giveWay.equals("no")) {
            throw new CommandLine.ParameterException(
                    command.commandLine(), "--give-way is yes or no, not '" + giveWay + "'");
        }
        return Optional.of(giveWay.equals("yes"));
    }

    private OptionalInt port(String option, Integer given) {
        return given == null ? OptionalInt.empty() : OptionalInt.of((int) within(option, given, 1, 65535));
    }

    private String text(String option, String given) {
        if (given.isBlank() || !WorkerInfo.isLabel(given)) {
            throw new CommandLine.ParameterException(
                    command.commandLine(), option + " has 1 to " + WorkerInfo.LONGEST_TEXT + " printable characters");
        }
        return given;
    }

    private <N extends Number> N within(String option, N value, long least, long most) {
        if (value.longValue() < least || value.longValue() > most) {
            throw new CommandLine.ParameterException(
                    command.commandLine(), option + " must be from " + least + " to " + most + ", not " + value);
        }
        return value;
    }

    private OptionalLong storage() {
        if (storage == null) {
            return OptionalLong.empty();
        }
        if (storage < 64L << 20) {
            throw new CommandLine.ParameterException(command.commandLine(), "--storage must be at least 64m");
        }
        return OptionalLong.of(storage);
    }

    private double share(String option, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new CommandLine.ParameterException(
                    command.commandLine(), option + " must be from 0 to 1, not " + value);
        }
        return value;
    }
}
