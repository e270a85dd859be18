package io.flockwork.sdk.cli;

import io.flockwork.sdk.client.JobRequest.Source;
import io.flockwork.sdk.model.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Stack;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What a job splits: at most one of these is given. */
final class SourceOptions {
    @Option(
            names = "--range",
            paramLabel = "A..B",
            converter = RangeConverter.class,
            description = "The integers from A to B, B exclusive; 10^9, 1e9 and 1_000_000 are understood.")
    private Source.Range range;

    @Option(names = "--lines", paramLabel = "FILE", description = "A unit for each line of FILE.")
    private Path lines;

    @Option(names = "--chunks", paramLabel = "FILE", description = "A unit for about every --size bytes of FILE.")
    private Path chunks;

    @Option(
            names = "--each",
            paramLabel = "FILE...",
            parameterConsumer = UpToNextOption.class,
            description = "A unit for each of these files, in this order.")
    private List<Path> each;

    boolean isChunks() {
        return chunks != null;
    }

    /** The source, its files checked. */
    Source source(int chunkSize) throws IOException {
        if (range != null) {
            return range;
        }
        if (lines != null) {
            return new Source.Lines(InputFile.checked(lines));
        }
        if (chunks != null) {
            return new Source.Chunks(InputFile.checked(chunks), chunkSize);
        }
        return new Source.Each(unitFiles());
    }

    private List<Path> unitFiles() throws IOException {
        if (each.size() > Recipe.MAX_FILES) {
            throw new IllegalArgumentException("at most " + Recipe.MAX_FILES + " files in a job");
        }
        for (Path file : each) {
            if (Files.size(InputFile.checked(file)) > Recipe.MAX_UNIT_INPUT) {
                throw new IllegalArgumentException(
                        file + " is larger than a unit may be (" + Recipe.MAX_UNIT_INPUT + " bytes)");
            }
        }
        return each;
    }

    /** Takes what a shell's glob gave: everything up to the next option. */
    static final class UpToNextOption implements IParameterConsumer {
        @Override
        public void consumeParameters(Stack<String> arguments, ArgSpec option, CommandSpec command) {
            List<Path> files = new ArrayList<>();
            List<Path> before = option.getValue();
            if (before != null) {
                files.addAll(before);
            }
            int already = files.size();
            while (!arguments.isEmpty() && !arguments.peek().startsWith("-")) {
                files.add(Path.of(arguments.pop()));
            }
            if (files.size() == already) {
                throw new ParameterException(command.commandLine(), "--each needs at least one file");
            }
            option.setValue(files);
        }
    }
}
