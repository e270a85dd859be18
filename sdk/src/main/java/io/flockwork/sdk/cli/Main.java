package io.flockwork.sdk.cli;

import io.flockwork.sdk.client.Grid;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.NodeId;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The {@code flockwork} program: finds the {@link Command}s on the class path and runs the one that was asked for. */
@CommandLine.Command(
        name = "flockwork",
        description = "A volunteer computing grid without a server to run.",
        subcommands = HelpCommand.class,
        versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "flockwork test (in the source folder) runs every test.",
            "An option that has a default takes it from FLOCKWORK_<OPTION> where that is set, FLOCKWORK_GRID for one.",
            "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 the job failed, 77 a worker that was revoked, 130 interrupted."
        })
public final class Main implements Callable<Integer> {
    private final BiFunction<List<Address>, Path, Grid> connector;
    private final Console console;
    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    private boolean version;

    Main(BiFunction<List<Address>, Path, Grid> connector, Console console, Map<String, String> environment) {
        this.connector = connector;
        this.console = console;
        this.environment = environment;
    }

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        Leash.holdIfTold();
        System.exit(new Main(Grid::connect, Console.ofProcess(), System.getenv()).run(arguments));
    }

    /** Runs one command within this process; returns its exit code. */
    public static int execute(Console console, Map<String, String> environment, String... arguments) {
        return new Main(Grid::connect, console, environment).run(arguments);
    }

    /** The program that {@code command} belongs to. */
    public static Main of(CommandSpec command) {
        return (Main) command.root().userObject();
    }

    int run(String... arguments) {
        Troubles troubles = new Troubles(console.err(), environment.containsKey("FLOCKWORK_DEBUG"));
        int code;
        try {
            code = commandLine(troubles).execute(arguments);
        } catch (LinkageError | OutOfMemoryError | StackOverflowError fatal) {
            code = troubles.tell(fatal);
        }
        console.out().flush();
        console.err().flush();
        return code;
    }

    private CommandLine commandLine(Troubles troubles) {
        CommandLine line = new CommandLine(this);
        for (Command command : ServiceLoader.load(Command.class)) {
            CommandLine sub = new CommandLine(command);
            sub.getCommandSpec().addOption(helpOption());
            line.addSubcommand(sub);
        }
        return line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
                .registerConverter(JobId.class, Troubles.inOneSentence(JobId::new))
                .registerConverter(NodeId.class, Troubles.inOneSentence(NodeId::new))
                .registerConverter(Address.class, Troubles.inOneSentence(Address::parse))
                .registerConverter(Duration.class, new DurationConverter())
                .setDefaultValueProvider(new EnvironmentDefaults(environment))
                .setExpandAtFiles(false)
                .setParameterExceptionHandler(troubles)
                .setExecutionExceptionHandler(troubles);
    }

    /** Every command's {@code --help}. */
    private static OptionSpec helpOption() {
        return OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help.")
                .build();
    }

    /** Without a command: what commands there are. */
    @Override
    public Integer call() {
        spec.commandLine().usage(console.out());
        return 0;
    }

    Grid connect(List<Address> entrances, Path home) {
        return connector.apply(entrances, home);
    }

    /** Where its commands write. */
    public Console console() {
        return console;
    }

    /** The variables that it was started with. */
    public Map<String, String> environment() {
        return environment;
    }

    /** Reads the version that the build wrote into the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() throws IOException {
            Properties build = new Properties();
            try (InputStream in =
                    Main.class.getResourceAsStream("/META-INF/maven/io.flockwork/flockwork-sdk/pom.properties")) {
                if (in != null) {
                    build.load(in);
                }
            }
            return new String[] {"flockwork " + build.getProperty("version", "(not packaged)")};
        }
    }
}
