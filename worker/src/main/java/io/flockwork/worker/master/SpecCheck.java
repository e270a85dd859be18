package io.flockwork.worker.master;

import io.flockwork.sdk.job.JobType;
import io.flockwork.sdk.job.Parameters;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.Code;
import io.flockwork.sdk.model.JobSpec;
import io.flockwork.sdk.model.NamedBlob;
import io.flockwork.sdk.model.Recipe;
import io.flockwork.sdk.wasm.Metering;
import io.flockwork.worker.swarm.Swarm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/** Looks over what a job is to do, whoever wants it done. Blocks; safe for use by many threads. */
public final class SpecCheck {
    private static final int MOST_ARGUMENT_BYTES = 64 << 10;
    private static final int INSPECTION_SECONDS = 60;

    private final JobTypes types;
    private final Swarm swarm;
    private final BiFunction<byte[], BlobId, CompletionStage<Optional<String>>> inspector;

    /**
     * @param inspector says in one sentence why a module cannot run, or does not become that blob when its work is to be counted, or
     *     nothing; keeps strangers' bytes out of this process
     */
    public SpecCheck(
            JobTypes types, Swarm swarm, BiFunction<byte[], BlobId, CompletionStage<Optional<String>>> inspector) {
        this.types = types;
        this.swarm = swarm;
        this.inspector = inspector;
    }

    /**
     * The job with its recipe worked out.
     *
     * @throws IllegalArgumentException with one sentence when it cannot be done
     */
    public JobSpec check(JobSpec spec) {
        if (!JobTypes.COMBINERS.contains(spec.combine())) {
            throw new IllegalArgumentException(
                    "there is no combiner '" + spec.combine() + "'; there are concat and sum");
        }
        Recipe recipe = spec.code() instanceof Code.Java java ? recipe(java, spec.recipe()) : recipe(spec.recipe());
        if (spec.code() instanceof Code.Wasm wasm) {
            checkModule(wasm);
        }
        recipe.inputs().forEach(this::checkUploaded);
        return spec.with(recipe);
    }

    /** What each job type does, by its name. */
    Map<String, String> types() {
        return types.descriptions();
    }

    private Recipe recipe(Code.Java code, Recipe given) {
        JobType type = types.find(code.type())
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no job type '" + code.type() + "'; there are " + String.join(", ", types.names())));
        Parameters parameters = Parameters.of(type, code.parameters());
        Optional<Recipe> asked = given instanceof Recipe.Own ? Optional.empty() : Optional.of(given);
        return type.recipe(parameters, asked);
    }

    private static Recipe recipe(Recipe given) {
        if (given instanceof Recipe.Own) {
            throw new IllegalArgumentException("a module needs a range, lines, chunks or files to work on");
        }
        return given;
    }

    private void checkModule(Code.Wasm wasm) {
        int arguments = wasm.arguments().stream()
                .mapToInt(argument -> argument.getBytes(StandardCharsets.UTF_8).length)
                .sum();
        if (arguments > MOST_ARGUMENT_BYTES) {
            throw new IllegalArgumentException("a module's arguments have at most " + MOST_ARGUMENT_BYTES + " bytes");
        }
        byte[] module;
        try {
            module = swarm.bytes(wasm.module(), Metering.MOST_BYTES);
        } catch (IOException missing) {
            throw new IllegalArgumentException("the module has not been uploaded: " + missing.getMessage(), missing);
        }
        inspector
                .apply(module, wasm.metered())
                .toCompletableFuture()
                .orTimeout(INSPECTION_SECONDS, TimeUnit.SECONDS)
                .join()
                .ifPresent(why -> {
                    throw new IllegalArgumentException(why);
                });
    }

    private void checkUploaded(NamedBlob input) {
        long size;
        try {
            size = swarm.manifest(input.blob()).size();
        } catch (IOException missing) {
            throw new IllegalArgumentException(
                    input.name() + " has not been uploaded: " + missing.getMessage(), missing);
        }
        if (size != input.size()) {
            throw new IllegalArgumentException(input.name() + " has " + size + " bytes, not " + input.size());
        }
    }
}
