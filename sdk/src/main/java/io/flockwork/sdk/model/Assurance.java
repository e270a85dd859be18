package io.flockwork.sdk.model;

/** How sure a submitter wants to be of a job's answers. */
public sealed interface Assurance {
    /** What a job gets that says nothing: at most one wrong answer in a thousand, one in twenty computed twice at least. */
    Lottery DEFAULT = new Lottery(1e-3, 0.05);

    /** Every answer computed twice at least, and at most one wrong in ten thousand. */
    Lottery STRICT = new Lottery(1e-4, 1);

    /**
     * Answers are computed again by lot, as often as the measured rate of wrong ones demands.
     *
     * @param epsilon the expected share of wrong answers stays below, from 1e-9 to 0.5
     * @param q1min least share of answers that a second operator computes, whatever was measured, 0 to 1
     */
    record Lottery(double epsilon, double q1min) implements Assurance {
        private static final double LEAST_EPSILON = 1e-9;
        private static final double MOST_EPSILON = 0.5;

        public Lottery {
            if (!(epsilon >= LEAST_EPSILON && epsilon <= MOST_EPSILON)) {
                throw new IllegalArgumentException("epsilon must be from 0.000000001 to 0.5, not " + epsilon);
            }
            if (!(q1min >= 0 && q1min <= 1)) {
                throw new IllegalArgumentException("q1min must be from 0 to 1, not " + q1min);
            }
        }

        /** The same with another share of wrong answers. */
        public Lottery within(double newEpsilon) {
            return new Lottery(newEpsilon, q1min);
        }

        @Override
        public String toString() {
            return "epsilon " + epsilon + (q1min == 1 ? ", strict" : "");
        }
    }

    /**
     * The first answer that so many different workers gave alike.
     *
     * @param votes equal answers that a result needs, 1 to 15
     */
    record Quorum(int votes) implements Assurance {
        public Quorum {
            if (votes < 1 || votes > 15) {
                throw new IllegalArgumentException("quorum must be from 1 to 15, not " + votes);
            }
        }

        @Override
        public String toString() {
            return "quorum " + votes;
        }
    }
}
