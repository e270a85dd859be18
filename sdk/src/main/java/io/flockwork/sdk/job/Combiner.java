package io.flockwork.sdk.job;

/** Makes one result of a job's unit results. Used by one thread. */
public interface Combiner {
    /**
     * Takes the next result, in unit order.
     *
     * @throws IllegalArgumentException with one sentence when the result does not fit
     */
    void add(byte[] unitResult);

    /** The combined result, after the last {@link #add}. */
    byte[] finish();
}
