package io.flockwork.jobs.echo;

import io.flockwork.sdk.job.JobType;
import io.flockwork.sdk.job.Parameter;
import io.flockwork.sdk.job.Parameters;
import io.flockwork.sdk.job.UnitContext;
import io.flockwork.sdk.model.Recipe;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Optional;

/**
 * {@code echo units= spin= size=}: each unit returns its input. With any recipe, or without one for {@code units=N}
 * units of one integer each, whose input is {@code "FROM TO\n"}.
 */
public final class EchoJob implements JobType {
    private static final long MOST_UNITS = 1_000_000_000;
    private static final long LONGEST_SPIN_MILLIS = 3_600_000;
    private static final long LARGEST_RESULT = 64 << 20;

    @Override
    public String name() {
        return "echo";
    }

    @Override
    public String description() {
        return "returns its input, for measuring";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.optional("units", "how many units, when no recipe is given", "0"),
                Parameter.optional("spin", "milliseconds of processor time that a unit burns first", "0"),
                Parameter.optional("size", "bytes of a result, the input repeated or cut; 0: the input as it is", "0"));
    }

    @Override
    public Recipe recipe(Parameters parameters, Optional<Recipe> given) {
        long units = parameters.whole("units", 0, MOST_UNITS);
        spinMillis(parameters);
        size(parameters);
        if (given.isPresent() == units > 0) {
            throw new IllegalArgumentException("echo takes either units= or a recipe (range, lines, chunks or files)");
        }
        return given.orElseGet(() -> new Recipe.Range(0, units, 1));
    }

    @Override
    public byte[] compute(UnitContext unit) {
        long spin = spinMillis(unit.parameters());
        if (spin > 0) {
            burn(spin * 1_000_000);
        }
        int size = size(unit.parameters());
        return size == 0 ? unit.input() : repeated(unit.input(), size);
    }

    private static void burn(long nanos) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long end = threads.getCurrentThreadCpuTime() + nanos;
        while (threads.getCurrentThreadCpuTime() < end) {
            Thread.onSpinWait();
        }
    }

    private static byte[] repeated(byte[] input, int size) {
        byte[] result = new byte[size];
        for (int i = 0; i < size && input.length > 0; i++) {
            result[i] = input[i % input.length];
        }
        return result;
    }

    private static long spinMillis(Parameters parameters) {
        return parameters.whole("spin", 0, LONGEST_SPIN_MILLIS);
    }

    private static int size(Parameters parameters) {
        return (int) parameters.whole("size", 0, LARGEST_RESULT);
    }
}
