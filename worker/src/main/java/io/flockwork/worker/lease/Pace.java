package io.flockwork.worker.lease;

/** How quickly this worker gets through a job's indices, as a moving average that follows units of changing cost. */
final class Pace {
    private static final double MEMORY_MICROS = 2_000_000;

    private double indices;
    private double micros;

    /** A slot took this long for so many indices. */
    void ran(long count, long tookMicros) {
        // Older work fades so that the average spans about the last two seconds of computing.
        double fade = Math.max(0, 1 - tookMicros / MEMORY_MICROS);
        indices = indices * fade + count;
        micros = micros * fade + Math.max(1, tookMicros);
    }

    /** Expected seconds of one slot for so many indices; unlimited while nothing is known. */
    double seconds(double count) {
        return indices == 0 ? Double.POSITIVE_INFINITY : count * micros / indices / 1e6;
    }

    /** Indices a second and slot, or 0 while nothing is known. */
    double indicesPerSecond() {
        return indices == 0 ? 0 : indices * 1e6 / micros;
    }
}
