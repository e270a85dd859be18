package io.flockwork.worker.verify;

/**
 * What a policy has measured. Every older observation counts a little less than the next.
 *
 * @param checks lone answers that were computed again by lot or for probation
 * @param lies those of them that proved wrong
 * @param jury votes after the first two of each settled dispute
 * @param juryLies those of them for a losing answer that had two votes or more
 */
public record Rates(double checks, double lies, double jury, double juryLies) {
    /** Nothing measured yet. */
    public static final Rates NONE = new Rates(0, 0, 0, 0);

    public Rates {
        if (!(checks >= lies && lies >= 0 && jury >= juryLies && juryLies >= 0)
                || Double.isInfinite(checks)
                || Double.isInfinite(jury)) {
            throw new IllegalArgumentException("rates are finite, and lies are no more than what was checked");
        }
    }
}
