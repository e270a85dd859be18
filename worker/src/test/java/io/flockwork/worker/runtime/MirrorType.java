package io.flockwork.worker.runtime;

import io.flockwork.sdk.job.JobType;
import io.flockwork.sdk.job.NormalForm;
import io.flockwork.sdk.job.Parameter;
import io.flockwork.sdk.job.Parameters;
import io.flockwork.sdk.job.UnitContext;
import io.flockwork.sdk.model.Recipe;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A small job type: gives its input back. */
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

    /** What begins so is near enough in six digits. */
    @Override
    public byte[] normalForm(byte[] result) {
        boolean about = new String(result, StandardCharsets.UTF_8).startsWith("about ");
        return about ? NormalForm.digits(result, 6) : result;
    }
}
