package io.flockwork.worker.schedule;

/**
 * Indices a second, as a quotient of two sums that fade together. Weighing by time rather than by unit makes the start-up
 * cost of small probes vanish, and one freak unit cannot count for more than a quarter.
 */
final class Speed {
    /** Seconds of computing after which what was seen has faded to about a third. */
    private static final double HORIZON = 20;

    private static final double MOST_FADING = 0.25;

    private double indices;
    private double seconds;

    void saw(long count, double took) {
        double keep = 1 - Math.min(MOST_FADING, took / HORIZON);
        indices = indices * keep + count;
        seconds = seconds * keep + took;
    }

    boolean known() {
        return seconds > 0;
    }

    /** 0 while unknown. */
    double perSecond() {
        return known() ? indices / seconds : 0;
    }
}
