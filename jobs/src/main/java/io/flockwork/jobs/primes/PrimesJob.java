package io.flockwork.jobs.primes;

import io.flockwork.sdk.job.Combiner;
import io.flockwork.sdk.job.JobType;
import io.flockwork.sdk.job.Parameter;
import io.flockwork.sdk.job.Parameters;
import io.flockwork.sdk.job.UnitContext;
import io.flockwork.sdk.model.Recipe;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** {@code primes from= to=}: how many primes there are in {@code from..to}, the end not included, as one line. */
public final class PrimesJob implements JobType {
    @Override
    public String name() {
        return "primes";
    }

    @Override
    public String description() {
        return "counts the primes from FROM up to, not including, TO";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.optional("from", "the first number", "0"),
                Parameter.required("to", "the number after the last, at most 10^15"));
    }

    @Override
    public Recipe recipe(Parameters parameters, Optional<Recipe> given) {
        if (given.isPresent()) {
            throw new IllegalArgumentException("primes takes its range from from= and to=, not from a recipe");
        }
        long to = parameters.whole("to", 0, PrimeSieve.LARGEST_TO);
        return new Recipe.Range(parameters.whole("from", 0, to), to);
    }

    @Override
    public byte[] compute(UnitContext unit) {
        return line(PrimeSieve.count(unit.span().from(), unit.span().to()));
    }

    @Override
    public Optional<Combiner> combiner(Parameters parameters) {
        return Optional.of(new CountSum());
    }

    static byte[] line(long count) {
        return (count + "\n").getBytes(StandardCharsets.US_ASCII);
    }
}
