package io.flockwork.worker.runtime;

import io.flockwork.sdk.model.UnitOutcome;

/** What the desk knows of a job. Guarded by the desk. */
final class DeskJob {
    private static final double WEIGHT_OF_NEWEST = 0.1;

    /** Until one has ended, a job's units are taken for long ones. */
    private static final double UNKNOWN_MICROS = 500_000;

    final int number;
    final UnitCode code;

    /** True when the present runner knows the code. */
    boolean defined;

    /** Units that wait. */
    int waiting;

    /** Units that the runner has. */
    int given;

    private double averageMicros = UNKNOWN_MICROS;
    private boolean measured;

    DeskJob(int number, UnitCode code) {
        this.number = number;
        this.code = code;
    }

    boolean isIdle() {
        return waiting == 0 && given == 0;
    }

    /** What a unit of this job is thought to take. */
    double averageMicros() {
        return averageMicros;
    }

    void measure(UnitOutcome outcome) {
        double micros = Math.max(1, outcome.micros());
        averageMicros = measured ? averageMicros + WEIGHT_OF_NEWEST * (micros - averageMicros) : micros;
        measured = true;
    }
}
