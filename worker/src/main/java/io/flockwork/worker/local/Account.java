package io.flockwork.worker.local;

import io.flockwork.sdk.model.Limits;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.model.UnitOutcome;
import java.util.Arrays;
import java.util.Optional;

/** What a job's units cost, added up as they end. Used by one thread. */
final class Account {
    private final boolean range;
    private long[] micros = new long[64];
    private int units;
    private long failedTries;
    private long fuel;
    private Most slowest = new Most("", 0);
    private Most thirstiest = new Most("", 0);
    private Most longest = new Most("", 0);

    /** The largest of a kind, and the unit that it is of: its number, or in a range {@code FROM..TO}. */
    record Most(String unit, long value) {}

    /** Seconds that units took on a slot each. */
    record Seconds(double total, double least, double median, double most, String slowest) {}

    Account(boolean range) {
        this.range = range;
    }

    void add(Span unit, UnitOutcome outcome) {
        if (!(outcome instanceof UnitOutcome.Done done)) {
            failedTries++;
            return;
        }
        if (units == micros.length) {
            micros = Arrays.copyOf(micros, units * 2);
        }
        micros[units++] = done.micros();
        fuel += done.fuel();
        String name = name(unit);
        slowest = larger(slowest, name, done.micros());
        thirstiest = larger(thirstiest, name, done.fuel());
        longest = larger(longest, name, done.output().length);
    }

    /** What {@code --unit} calls it. */
    String name(Span unit) {
        return range ? unit.toString() : String.valueOf(unit.from());
    }

    private static Most larger(Most most, String unit, long value) {
        return most.unit().isEmpty() || value > most.value() ? new Most(unit, value) : most;
    }

    /** Units with a result. */
    int units() {
        return units;
    }

    long failedTries() {
        return failedTries;
    }

    long fuel() {
        return fuel;
    }

    Most thirstiest() {
        return thirstiest;
    }

    /** The longest output, bytes. */
    Most longest() {
        return longest;
    }

    /** Absent while no unit has a result. */
    Optional<Seconds> seconds() {
        if (units == 0) {
            return Optional.empty();
        }
        long[] sorted = Arrays.copyOf(micros, units);
        Arrays.sort(sorted);
        double median = (sorted[(units - 1) / 2] + sorted[units / 2]) / 2.0;
        return Optional.of(new Seconds(
                Arrays.stream(sorted).sum() / 1e6,
                sorted[0] / 1e6,
                median / 1e6,
                sorted[units - 1] / 1e6,
                slowest.unit()));
    }

    /** Shares of the limits that the worst unit took: of its time, its fuel and its output. */
    double[] shares(Limits limits) {
        return new double[] {
            slowest.value() / 1e3 / limits.timeMillis(),
            (double) thirstiest.value() / limits.fuel(),
            limits.shareOfOutput(longest.value())
        };
    }
}
