package io.flockwork.worker.master;

import java.util.Locale;

/** How far a unit is, for people. In this order, from what asks least for attention to what asks most. */
public enum UnitPhase {
    /** Has a result, until further notice. */
    ACCEPTED('a'),
    /** Has a result for good: it has stood for the job's hold, or the job has ended. */
    FINAL('v'),
    /** Has a result that nobody was there to confirm. */
    UNVERIFIED('u'),
    /** Nobody has it yet. */
    NOT_BEGUN('.'),
    /** Somebody computes it, or is to again. */
    RUNNING('r'),
    /** Its answers differ. */
    CONTESTED('c'),
    /** Has no result after all its tries. */
    FAILED('f');

    private final char mark;

    UnitPhase(char mark) {
        this.mark = mark;
    }

    /** In a {@link UnitMap}. */
    public char mark() {
        return mark;
    }

    /** As in answers. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    UnitPhase orWorse(UnitPhase other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
