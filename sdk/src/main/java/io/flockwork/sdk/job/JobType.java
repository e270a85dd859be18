package io.flockwork.sdk.job;

import io.flockwork.sdk.model.Recipe;
import java.util.List;
import java.util.Optional;

/**
 * A kind of computation. Implementations are stateless, have a public constructor without parameters, and are named in
 * {@code META-INF/services/io.flockwork.sdk.job.JobType}.
 *
 * <p>{@link #compute} runs in a worker's runner process, many units at once on different threads; the other methods run
 * wherever a job is submitted, led or combined. Every copy of a unit must give the same
 * bytes, or bytes of the same {@linkplain #normalForm normal form}.
 */
public interface JobType {
    /** What a submitter calls it: lower-case letters, digits and dashes. */
    String name();

    /** One line for a person. */
    String description();

    /** The parameters it understands; any other is refused at submission. */
    List<Parameter> parameters();

    /**
     * How a job of these parameters splits.
     *
     * @param given the recipe that the submitter asked for, if any
     * @throws IllegalArgumentException with one sentence for a person when the parameters or the recipe do not fit
     */
    Recipe recipe(Parameters parameters, Optional<Recipe> given);

    /**
     * Computes one unit.
     *
     * @return the result; empty is a result
     * @throws Exception with a message for a person; the unit is then tried again elsewhere
     */
    byte[] compute(UnitContext unit) throws Exception;

    /**
     * What two results have in common that mean the same, for types whose answers may differ slightly between machines: such as
     * numbers {@linkplain NormalForm#digits rounded}. Votes are compared by it, and it is what the submitter gets. Called in the
     * runner on each result.
     */
    default byte[] normalForm(byte[] result) {
        return result;
    }

    /** Makes one result of all, or empty: the results stay side by side, in unit order. */
    default Optional<Combiner> combiner(Parameters parameters) {
        return Optional.empty();
    }
}
