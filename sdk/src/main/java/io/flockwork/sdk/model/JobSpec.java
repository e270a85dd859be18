package io.flockwork.sdk.model;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * All that a submitter says of a job.
 *
 * @param name for people; at most 200 characters
 * @param combine {@code concat}, {@code sum}, or empty for the job type's own way
 * @param assurance how sure the answers are to be
 * @param priority weight among the grid's jobs, 1 to 100
 * @param holdMillis how long a verified result has to stand to be final while the job goes on; 0: results are final when the
 *     job ends
 */
public record JobSpec(
        String name,
        Code code,
        Recipe recipe,
        String combine,
        Assurance assurance,
        Limits limits,
        int priority,
        long holdMillis) {
    /** The longest hold. */
    public static final Duration LONGEST_HOLD = Duration.ofDays(30);

    /** A job whose results are final at its end. */
    public JobSpec(
            String name, Code code, Recipe recipe, String combine, Assurance assurance, Limits limits, int priority) {
        this(name, code, recipe, combine, assurance, limits, priority, 0);
    }

    /** The same, split otherwise. */
    public JobSpec with(Recipe another) {
        return new JobSpec(name, code, another, combine, assurance, limits, priority, holdMillis);
    }

    /** True when results become final while the job goes on. */
    public boolean streams() {
        return holdMillis > 0;
    }

    /** All blobs that the job's units may read: code and inputs. */
    public Set<BlobId> blobs() {
        Set<BlobId> blobs = new HashSet<>();
        if (code instanceof Code.Wasm wasm) {
            blobs.add(wasm.module());
        }
        recipe.inputs().forEach(input -> blobs.add(input.blob()));
        return blobs;
    }

    public JobSpec {
        if (name.isBlank() || name.length() > 200) {
            throw new IllegalArgumentException("a job's name has 1 to 200 characters");
        }
        if (priority < 1 || priority > 100) {
            throw new IllegalArgumentException("priority must be from 1 to 100, not " + priority);
        }
        if (holdMillis < 0 || holdMillis > LONGEST_HOLD.toMillis()) {
            throw new IllegalArgumentException("hold must be from 1ms to 30d");
        }
    }
}
