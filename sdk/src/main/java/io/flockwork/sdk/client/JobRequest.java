package io.flockwork.sdk.client;

import io.flockwork.sdk.model.Assurance;
import io.flockwork.sdk.model.Limits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A job as its submitter's program describes it: with local files where the grid will have blobs.
 *
 * @param name for people; empty: the grid derives one
 * @param combine {@code concat}, {@code sum}, or empty for the job type's own way
 * @param hold how long a verified result has to stand to be final while the job goes on; zero: results are final at its end
 */
public record JobRequest(
        String name,
        Program program,
        Optional<Source> source,
        String combine,
        Assurance assurance,
        Limits limits,
        int priority,
        Duration hold) {

    /** What the units run. */
    public sealed interface Program {
        /** A WASI preview 1 command module. */
        record Wasm(Path module, List<String> arguments) implements Program {}

        /** A job type that the grid's workers have. */
        record Type(String name, Map<String, String> parameters) implements Program {}
    }

    /** What the job splits; see {@link io.flockwork.sdk.model.Recipe}. */
    public sealed interface Source {
        /** Integers from (inclusive) to (exclusive); {@code step} 0 lets the grid carve. */
        record Range(long from, long to, long step) implements Source {}

        /** A unit for each line. */
        record Lines(Path file) implements Source {}

        /** A unit for about every {@code size} bytes. */
        record Chunks(Path file, int size) implements Source {}

        /** A unit for each file. */
        record Each(List<Path> files) implements Source {}

        /** A unit for each entry. */
        record Listed(List<byte[]> units) implements Source {}
    }

    /** A job of a module, default assurance and limits. */
    public static JobRequest wasm(Path module, List<String> arguments, Source source) {
        return new JobRequest(
                "",
                new Program.Wasm(module, arguments),
                Optional.of(source),
                "",
                Assurance.DEFAULT,
                Limits.DEFAULT,
                10,
                Duration.ZERO);
    }

    /** A job of a type that splits by its own parameters, default assurance and limits. */
    public static JobRequest type(String name, Map<String, String> parameters) {
        return new JobRequest(
                "",
                new Program.Type(name, parameters),
                Optional.empty(),
                "",
                Assurance.DEFAULT,
                Limits.DEFAULT,
                10,
                Duration.ZERO);
    }

    /** The same job over this source. */
    public JobRequest over(Source from) {
        return new JobRequest(name, program, Optional.of(from), combine, assurance, limits, priority, hold);
    }

    /** The same job with this name. */
    public JobRequest named(String newName) {
        return new JobRequest(newName, program, source, combine, assurance, limits, priority, hold);
    }

    /** The same job with this combiner. */
    public JobRequest combinedBy(String combiner) {
        return new JobRequest(name, program, source, combiner, assurance, limits, priority, hold);
    }

    /** The same job with a fixed quorum, 1 to 15 votes. */
    public JobRequest withQuorum(int votes) {
        return assured(new Assurance.Quorum(votes));
    }

    /** The same job with this assurance. */
    public JobRequest assured(Assurance wanted) {
        return new JobRequest(name, program, source, combine, wanted, limits, priority, hold);
    }

    /** The same job with these limits. */
    public JobRequest within(Limits newLimits) {
        return new JobRequest(name, program, source, combine, assurance, newLimits, priority, hold);
    }

    /** The same job, whose results become final one by one, when each has stood for this long; see {@link JobHandle#finals}. At least a millisecond. */
    public JobRequest streaming(Duration newHold) {
        if (newHold.toMillis() < 1) {
            throw new IllegalArgumentException("a hold is at least 1ms");
        }
        return new JobRequest(name, program, source, combine, assurance, limits, priority, newHold);
    }
}
