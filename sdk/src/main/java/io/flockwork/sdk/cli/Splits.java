package io.flockwork.sdk.cli;

import io.flockwork.sdk.job.JobType;
import io.flockwork.sdk.job.Parameters;
import io.flockwork.sdk.model.Code;
import io.flockwork.sdk.model.Recipe;
import java.util.Optional;
import java.util.ServiceLoader;

/** How the job types of this installation split by their own parameters. */
final class Splits {
    private Splits() {}

    /** Empty for modules, and for types that are not installed here. */
    static Optional<Recipe> of(Code code) {
        if (!(code instanceof Code.Java java)) {
            return Optional.empty();
        }
        return ServiceLoader.load(JobType.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(type -> type.name().equals(java.type()))
                .findFirst()
                .map(type -> type.recipe(Parameters.of(type, java.parameters()), Optional.empty()));
    }
}
