package io.flockwork.jobs;

import io.flockwork.sdk.job.Combiner;
import io.flockwork.sdk.job.JobType;
import io.flockwork.sdk.job.Parameters;
import io.flockwork.sdk.job.UnitContext;
import io.flockwork.sdk.model.Recipe;
import io.flockwork.sdk.model.Span;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/** A job of a type found as a worker finds it, whose units a test carves and computes here. */
public record LocalJob(JobType type, Parameters parameters) {
    public static LocalJob of(String name, Map<String, String> parameters) {
        JobType type = ServiceLoader.load(JobType.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.name().equals(name))
                .findFirst()
                .orElseThrow();
        return new LocalJob(type, Parameters.of(type, parameters));
    }

    public Recipe recipe() {
        return type.recipe(parameters, Optional.empty());
    }

    public Recipe recipe(Recipe given) {
        return type.recipe(parameters, Optional.of(given));
    }

    /** The result of the unit of these integers. */
    public byte[] compute(long from, long to) throws Exception {
        byte[] input = (from + " " + to + "\n").getBytes(StandardCharsets.US_ASCII);
        return type.compute(new Unit(parameters, new Span(from, to), input));
    }

    /** The result of the unit with this input. */
    public byte[] compute(byte[] input) throws Exception {
        return type.compute(new Unit(parameters, new Span(0, 1), input));
    }

    public byte[] combine(List<byte[]> results) {
        Combiner combiner = type.combiner(parameters).orElseThrow();
        results.forEach(combiner::add);
        return combiner.finish();
    }

    private record Unit(Parameters parameters, Span span, byte[] input) implements UnitContext {
        @Override
        public String inputName() {
            return "";
        }

        @Override
        public PrintStream stderr() {
            return System.err;
        }
    }
}
