package io.flockwork.sdk.model;

import java.util.random.RandomGenerator;

/**
 * A job's name in the grid, made by its submitter, so that submitting twice after a lost answer is one job.
 *
 * @param value lower-case base32, at most 64 characters
 */
public record JobId(String value) implements Comparable<JobId> {
    private static final int RANDOM_BYTES = 10;

    public JobId {
        if (!Base32.matches(value, 64)) {
            throw new IllegalArgumentException("not a job id: " + value);
        }
    }

    /** A fresh id; unique as far as {@code random} is. */
    public static JobId random(RandomGenerator random) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return new JobId(Base32.encode(bytes));
    }

    @Override
    public int compareTo(JobId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
