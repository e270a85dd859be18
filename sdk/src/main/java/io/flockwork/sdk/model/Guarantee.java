package io.flockwork.sdk.model;

/** How far a job's results are vouched for, from the strongest word to the weakest. */
public enum Guarantee {
    /** The expected share of wrong answers is as the submitter wished. */
    LOTTERY,
    /** Each answer has as many equal votes of different workers as the submitter asked for. */
    QUORUM,
    /** No referee, and too few proven operators for a jury that colluders cannot win by luck. */
    SMALL_JURY,
    /** All workers have one operator, so that copies were compared between workers only. */
    ONE_OPERATOR,
    /** One worker gave all answers: nothing was compared. */
    ONE_WORKER;

    /** True when nobody but the answers' own operator vouches for them. */
    public boolean isNone() {
        return this == ONE_OPERATOR || this == ONE_WORKER;
    }
}
