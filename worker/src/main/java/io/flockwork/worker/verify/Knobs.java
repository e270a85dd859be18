package io.flockwork.worker.verify;

import io.flockwork.sdk.model.Reputation;

/**
 * The settings of the late lottery, for one job.
 *
 * @param epsilon the expected share of wrong answers, at most
 * @param q1min least chance that a lone answer is checked; 1 checks all
 * @param q2min least chance that two equal answers are checked
 * @param k verified agreements that end probation
 * @param lateK the same for workers that come when the grid has a crowd already
 * @param exams units with a known result that each newcomer is given
 * @param delta chance that a jury errs, at most
 * @param maxLead most votes by which a jury's answer has to lead
 * @param juries most juries that sit at once while long leads are needed
 */
public record Knobs(
        double epsilon,
        double q1min,
        double q2min,
        int k,
        int lateK,
        int exams,
        double delta,
        int maxLead,
        int juries) {
    public Knobs {
        inUnit("epsilon", epsilon);
        inUnit("delta", delta);
        share("q1min", q1min);
        share("q2min", q2min);
        from("k", k, 1);
        from("lateK", lateK, k);
        from("exams", exams, 0);
        from("maxLead", maxLead, 2);
        from("juries", juries, 1);
    }

    /** As simulated for the wanted share of wrong answers and the least chance of a check. */
    public static Knobs of(double epsilon, double q1min) {
        return new Knobs(
                epsilon,
                q1min,
                Math.min(.02, q1min),
                Reputation.PROBATION,
                Reputation.LATE_PROBATION,
                Reputation.EXAMS,
                1e-3,
                15,
                20);
    }

    /** Verified agreements that end the probation of this worker. */
    int probation(Reputation reputation) {
        return reputation.late() ? lateK : k;
    }

    private static void inUnit(String name, double value) {
        if (!(value > 0 && value < 1)) {
            throw new IllegalArgumentException(name + " must be between 0 and 1, not " + value);
        }
    }

    private static void share(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " must be from 0 to 1, not " + value);
        }
    }

    private static void from(String name, int value, int least) {
        if (value < least || value > 1000) {
            throw new IllegalArgumentException(name + " must be from " + least + " to 1000, not " + value);
        }
    }
}
