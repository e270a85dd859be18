package io.flockwork.sdk.model;

/** How far a job's results are vouched for, from the strongest word to the weakest. */
public enum Guarantee {
    /** The expected share of wrong answers is as the submitter wished. */
    LOTTERY("no more answers are wrong than the job allows"),
    /** Each answer has as many equal votes of different workers as the submitter asked for. */
    QUORUM("each answer was given alike by as many workers as the job asks for"),
    /** No referee, and too few proven operators for a jury that colluders cannot win by luck. */
    SMALL_JURY("as the job allows, unless colluders won a jury: too few operators, and no referee"),
    /** All workers have one operator, so that copies were compared between workers only. */
    ONE_OPERATOR("none: all workers had one operator"),
    /** One worker gave all answers: nothing was compared. */
    ONE_WORKER("none: one worker gave all answers");

    private final String sentence;

    Guarantee(String sentence) {
        this.sentence = sentence;
    }

    /** For a person. */
    public String sentence() {
        return sentence;
    }

    /** True when nobody but the answers' own operator vouches for them. */
    public boolean isNone() {
        return this == ONE_OPERATOR || this == ONE_WORKER;
    }
}
