package io.flockwork.worker.runtime;

/** Runs the units of one job, many at once. */
interface UnitRuntime {
    /**
     * What a unit gave.
     *
     * @param fuel its work; 0 where that is not counted
     */
    record Product(byte[] output, long fuel) {}

    /** What must be there before the first unit can run; may take long. */
    default void prepare() throws Exception {}

    /**
     * Runs one unit to its end.
     *
     * @param stderr keeps what the unit says there
     * @return the unit's result
     * @throws Exception whose message is the cause of the failure
     */
    Product run(UnitTask task, BoundedOutput stderr) throws Exception;
}
