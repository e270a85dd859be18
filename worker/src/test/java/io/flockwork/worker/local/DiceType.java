package io.flockwork.worker.local;

import io.flockwork.sdk.job.JobType;
import io.flockwork.sdk.job.Parameter;
import io.flockwork.sdk.job.Parameters;
import io.flockwork.sdk.job.UnitContext;
import io.flockwork.sdk.model.Recipe;
import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/** Gives its input, and then something else each time: the mistake of an author who asks a clock. */
public final class DiceType implements JobType {
    @Override
    public String name() {
        return "dice";
    }

    @Override
    public String description() {
        return "gives another result each time";
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
        ByteArrayOutputStream result = new ByteArrayOutputStream();
        result.writeBytes(unit.input());
        result.writeBytes(new SecureRandom().generateSeed(16));
        return result.toByteArray();
    }
}
