package io.flockwork.sdk.cli;

import io.flockwork.sdk.client.JobRequest;
import io.flockwork.sdk.client.JobRequest.Program;
import io.flockwork.sdk.client.JobRequest.Source;
import io.flockwork.sdk.model.JobSpec;
import io.flockwork.sdk.model.Limits;
import io.flockwork.sdk.model.Recipe;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.Stack;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** How a job is described on the command line. */
public final class JobOptions {
    private static final Set<String> COMBINERS = Set.of("concat", "sum");
    private static final long DEFAULT_CHUNK = 1 << 20;
    private static final Duration LONGEST_UNIT = Duration.ofDays(7);

    @Parameters(index = "0", arity = "0..1", paramLabel = "TYPE", description = "A job type of the grid.")
    private String type;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "key=value", description = "The type's parameters.")
    private List<String> parameters = List.of();

    @Option(names = "--wasm", paramLabel = "FILE", description = "Run this WebAssembly (WASI) program instead.")
    private Path wasm;

    @Option(
            names = "--arg",
            paramLabel = "A",
            parameterConsumer = AsItStands.class,
            description = "An argument of the program; may be given again and again.")
    private List<String> arguments;

    @ArgGroup
    private SourceOptions source;

    @Option(
            names = "--size",
            paramLabel = "SIZE",
            converter = SizeConverter.class,
            description = "Bytes of a chunk: 64k, 1m (the default).")
    private Long size;

    @Option(
            names = "--combine",
            paramLabel = "HOW",
            description = "Make one result of all: concat or sum (default: the job type's own way).")
    private String combine;

    @Mixin
    private AssuranceOptions assurance;

    @Option(
            names = "--unit-time",
            paramLabel = "TIME",
            defaultValue = "10m",
            description = "Longest time of a unit (${DEFAULT-VALUE}).")
    private Duration unitTime;

    @Option(
            names = "--unit-memory",
            paramLabel = "SIZE",
            defaultValue = "256m",
            converter = SizeConverter.class,
            description = "Most memory of a unit (${DEFAULT-VALUE}).")
    private long unitMemory;

    @Option(
            names = "--unit-fuel",
            paramLabel = "N",
            defaultValue = "10000000000000",
            description = "Most work of a module's unit, in instructions (${DEFAULT-VALUE}).")
    private long unitFuel;

    @Option(
            names = "--hold",
            paramLabel = "TIME",
            description =
                    "Make each result final as soon as it has stood for so long: 30s (default: all when the job ends).")
    private Duration hold;

    @Option(
            names = "--priority",
            paramLabel = "N",
            defaultValue = "10",
            description = "Weight among the grid's jobs, 1 to 100 (${DEFAULT-VALUE}).")
    private int priority;

    @Option(names = "--name", paramLabel = "NAME", description = "What people call the job.")
    private String name;

    /**
     * The job, its options and files checked.
     *
     * @throws IllegalArgumentException with one sentence when they do not fit
     */
    public JobRequest request() throws IOException {
        if (combine != null && !COMBINERS.contains(combine)) {
            throw new IllegalArgumentException("there is no combiner '" + combine + "'; there are concat and sum");
        }
        if (size != null && (source == null || !source.isChunks())) {
            throw new IllegalArgumentException("--size goes with --chunks");
        }
        if (name != null && (name.isBlank() || name.length() > 200)) {
            throw new IllegalArgumentException("--name has 1 to 200 characters");
        }
        return new JobRequest(
                name == null ? "" : name,
                program(),
                source(),
                combine == null ? "" : combine,
                assurance.assurance(),
                limits(),
                (int) within("--priority", priority, 1, 100),
                hold());
    }

    private Duration hold() {
        if (hold != null && (hold.isZero() || hold.compareTo(JobSpec.LONGEST_HOLD) > 0)) {
            throw new IllegalArgumentException("--hold must be from 1ms to 30d");
        }
        return hold == null ? Duration.ZERO : hold;
    }

    private Limits limits() {
        if (unitTime.isZero() || unitTime.compareTo(LONGEST_UNIT) > 0) {
            throw new IllegalArgumentException("--unit-time must be from 1ms to 7d");
        }
        if (unitMemory < 1L << 20 || unitMemory > 2L << 30) {
            throw new IllegalArgumentException("--unit-memory must be from 1m to 2g");
        }
        return new Limits(
                unitTime.toMillis(),
                unitMemory,
                Limits.DEFAULT.outputBytes(),
                Limits.DEFAULT.tries(),
                within("--unit-fuel", unitFuel, 1, Limits.MOST_FUEL));
    }

    private Program program() {
        if (wasm == null) {
            if (type == null) {
                throw new IllegalArgumentException("what should run? Name a job type or --wasm FILE");
            }
            if (arguments != null) {
                throw new IllegalArgumentException("--arg goes with --wasm; a job type takes key=value");
            }
            return new Program.Type(type, keysAndValues());
        }
        if (type != null) {
            throw new IllegalArgumentException(
                    "either a job type (" + type + ") or --wasm, not both; a program's arguments go after --arg");
        }
        return new Program.Wasm(InputFile.checked(wasm), arguments == null ? List.of() : arguments);
    }

    private Map<String, String> keysAndValues() {
        Map<String, String> values = new LinkedHashMap<>();
        for (String parameter : parameters) {
            int equals = parameter.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("'" + parameter + "' is not key=value");
            }
            if (values.put(parameter.substring(0, equals), parameter.substring(equals + 1)) != null) {
                throw new IllegalArgumentException(parameter.substring(0, equals) + "= is given twice");
            }
        }
        return values;
    }

    /** A program that is given nothing to split runs once. */
    private Optional<Source> source() throws IOException {
        if (source != null) {
            long bytes = size == null ? DEFAULT_CHUNK : size;
            return Optional.of(source.source((int) within("--size", bytes, 1, Recipe.MAX_UNIT_INPUT)));
        }
        return wasm == null ? Optional.empty() : Optional.of(new Source.Listed(List.of(new byte[0])));
    }

    private static long within(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(option + " must be from " + least + " to " + most + ", not " + value);
        }
        return value;
    }

    /** Takes the next argument whatever it looks like: the program may well have a {@code -o} of its own. */
    static final class AsItStands implements IParameterConsumer {
        @Override
        public void consumeParameters(Stack<String> given, ArgSpec option, CommandSpec command) {
            if (given.isEmpty()) {
                throw new ParameterException(command.commandLine(), "--arg needs an argument");
            }
            List<String> before = option.getValue();
            List<String> all = before == null ? new ArrayList<>() : before;
            all.add(given.pop());
            option.setValue(all);
        }
    }
}
