package io.flockwork.worker.master;

/**
 * Hears what becomes of the units of jobs that this core leads. Called on the jobs' loops; must not block. What earlier masters of a
 * job did is not told again.
 */
public interface JobEvents {
    /** Does not listen. */
    JobEvents NONE = new JobEvents() {};

    /**
     * A worker's answer counts.
     *
     * @param check true when the unit had an answer before, or was an exam
     */
    default void voted(boolean check) {}

    /** A unit has a result, or has failed all its tries. */
    default void settled(boolean failed) {}

    /** A unit that had a result has none after all. */
    default void withdrawn() {}

    /** Answers to a unit contradict each other. */
    default void contested() {}

    /** A worker's answer was proven wrong. */
    default void struck() {}
}
