package io.flockwork.worker.runtime;

import io.flockwork.sdk.job.JobType;
import io.flockwork.sdk.job.Parameter;
import io.flockwork.sdk.job.Parameters;
import io.flockwork.sdk.job.UnitContext;
import io.flockwork.sdk.model.Recipe;
import java.util.List;
import java.util.Optional;

/** The smallest job type: gives its input back. */
public final class MirrorType implements JobType {
    @Override
    public String name() {
        return "mirror";
    }

    @Override
    public String description() {
        return "gives its input back";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of();
    }

    @Override
    public Recipe recipe(Parameters parameters, Optional<Recipe> given) {
        return given.orElseThrow();
    }

    @Override
    public byte[] compute(UnitContext unit) {
        return unit.input();
    }
}
