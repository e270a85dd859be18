package io.flockwork.worker.master;

import io.flockwork.sdk.job.Combiner;
import io.flockwork.sdk.model.Guarantee;
import io.flockwork.sdk.model.JobSpec;
import io.flockwork.sdk.model.JobState;
import io.flockwork.sdk.model.NamedBlob;
import io.flockwork.sdk.model.Outcome;
import io.flockwork.sdk.model.Slice;
import io.flockwork.sdk.wire.ResultList;
import io.flockwork.worker.swarm.Swarm;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Makes a job's outcome of its settled units: the list of results, the combined result, the line that says what failed. Blocks. */
final class JobEnding {
    private final JobSpec spec;
    private final Split split;
    private final Swarm swarm;
    private final JobTypes types;
    private final Clock clock;

    /** The state a job ends in, with its outcome. */
    record Ended(JobState state, Outcome outcome) {}

    JobEnding(JobSpec spec, Split split, Swarm swarm, JobTypes types, Clock clock) {
        this.spec = spec;
        this.split = split;
        this.swarm = swarm;
        this.types = types;
        this.clock = clock;
    }

    /**
     * The end of a job whose units are these, in unit order.
     *
     * @throws IOException when the results cannot be stored; trying again may help
     */
    Ended of(List<UnitRecord> units, Guarantee guarantee) throws IOException {
        NamedBlob results = writeResults(units, guarantee);
        String failure = failureOf(units);
        Optional<NamedBlob> combined = Optional.empty();
        if (failure.isEmpty()) {
            try {
                combined = combine(units);
            } catch (IllegalArgumentException doesNotFit) {
                failure = doesNotFit.getMessage();
            } catch (RuntimeException faulty) {
                // A job type's own combiner: its faults are the job's end, not the master's.
                failure = "the results could not be combined: " + faulty;
            }
        }
        Outcome outcome = new Outcome(
                failure, Optional.of(results), combined, unverified(units, guarantee), guarantee, clock.millis());
        return new Ended(failure.isEmpty() ? JobState.DONE : JobState.FAILED, outcome);
    }

    /** The end of a job that could not even be split. */
    Ended unsplit(String why) {
        Outcome outcome = new Outcome(why, Optional.empty(), Optional.empty(), 0, Guarantee.ONE_WORKER, clock.millis());
        return new Ended(JobState.FAILED, outcome);
    }

    /** Results that no second operator has confirmed, or might have. */
    private static long unverified(List<UnitRecord> units, Guarantee guarantee) {
        return units.stream()
                .filter(unit -> unit.state() == UnitRecord.State.ACCEPTED)
                .filter(unit -> !isVerified(unit, guarantee))
                .count();
    }

    private static boolean isVerified(UnitRecord unit, Guarantee guarantee) {
        return unit.state() == UnitRecord.State.ACCEPTED && unit.verified() && !guarantee.isNone();
    }

    Clock clock() {
        return clock;
    }

    private NamedBlob writeResults(List<UnitRecord> units, Guarantee guarantee) throws IOException {
        Path file = swarm.temporaryFile();
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
                    ResultList.Writer writer = new ResultList.Writer(out)) {
                for (UnitRecord unit : units) {
                    writer.add(entry(unit, guarantee));
                }
            }
            try (InputStream in = Files.newInputStream(file)) {
                return swarm.publish("results", in);
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** A settled unit as results list it. */
    ResultList.Entry entry(UnitRecord unit, Guarantee guarantee) {
        boolean accepted = unit.state() == UnitRecord.State.ACCEPTED;
        Optional<ResultList.Body> body = accepted ? Optional.of(listed(unit.result())) : Optional.empty();
        String failure = accepted ? "" : unit.failure();
        boolean verified = isVerified(unit, guarantee);
        return new ResultList.Entry(
                unit.span, inputName(unit), failure, unit.stderr(), body, unit.sequence(), verified);
    }

    private static ResultList.Body listed(Body body) {
        return body instanceof Body.Inline inline
                ? new ResultList.Body.Inline(inline.bytes())
                : new ResultList.Body.Stored(((Body.Stored) body).blob(), ((Body.Stored) body).size());
    }

    private String inputName(UnitRecord unit) {
        return split.input().apply(unit.span.from()).map(Slice::name).orElse("");
    }

    private String failureOf(List<UnitRecord> units) {
        String first = "";
        int others = -1;
        for (int place = 0; place < units.size(); place++) {
            UnitRecord unit = units.get(place);
            if (unit.state() == UnitRecord.State.FAILED && others++ < 0) {
                first = title(place, unit) + ": " + unit.failure();
            }
        }
        return others > 0 ? first + " (and " + others + " more)" : first;
    }

    /**
     * What a person calls a unit: {@code unit 7 (sample-07.txt)}. The units of a range have no number before they are carved;
     * theirs is the place among the results.
     */
    private String title(int place, UnitRecord unit) {
        String name = split.range() ? unit.span.toString() : inputName(unit);
        return "unit " + (split.range() ? place : unit.span.from()) + (name.isEmpty() ? "" : " (" + name + ")");
    }

    private Optional<NamedBlob> combine(List<UnitRecord> units) throws IOException {
        Optional<Combiner> chosen = types.combiner(spec);
        if (chosen.isEmpty()) {
            return Optional.empty();
        }
        Combiner combiner = chosen.get();
        for (int place = 0; place < units.size(); place++) {
            UnitRecord unit = units.get(place);
            try {
                combiner.add(bytes(unit.result()));
            } catch (IllegalArgumentException doesNotFit) {
                throw new IllegalArgumentException(title(place, unit) + ": " + doesNotFit.getMessage(), doesNotFit);
            }
        }
        return Optional.of(swarm.publish("combined", new ByteArrayInputStream(combiner.finish())));
    }

    private byte[] bytes(Body body) throws IOException {
        if (body instanceof Body.Inline inline) {
            return inline.bytes();
        }
        Body.Stored stored = (Body.Stored) body;
        try (InputStream in = swarm.open(stored.blob())) {
            return in.readAllBytes();
        }
    }
}
