package io.flockwork.worker.verify;

import java.util.EnumSet;
import java.util.Set;

/** Where a unit stands with its votes. The table of legal steps is {@link #next()}. */
public enum UnitState {
    /** No vote counts: nobody has answered yet, or every answer was dropped. */
    FRESH,
    /** One answer, of a worker on probation: one more is wanted. */
    PROBATION,
    /** One answer, which agreed with a banned gang: one more is wanted. */
    FORCED,
    /** Equal answers, and the lottery wants one more. */
    AUDIT,
    /** Answers differ; voters are asked until one leads by enough, or until the referee has spoken. */
    JURY,
    /** Answers differ; as many juries sit as may. */
    WAITING,
    /** Answers differ, and nobody is left to ask. */
    CONTESTED,
    /** Accepted, until further notice. */
    ACCEPTED,
    /** Accepted because nobody was left to ask. */
    UNVERIFIED,
    /** Accepted for good, while the job goes on. */
    FINAL;

    /** The states that may follow this one. Any may follow itself: a vote came or went and changed nothing more. */
    public Set<UnitState> next() {
        return switch (this) {
            case FRESH -> EnumSet.of(PROBATION, AUDIT, ACCEPTED);
            case PROBATION -> EnumSet.of(FRESH, FORCED, AUDIT, JURY, WAITING, ACCEPTED, UNVERIFIED);
            case FORCED, AUDIT, UNVERIFIED -> EnumSet.complementOf(EnumSet.of(CONTESTED, FINAL));
            case JURY -> EnumSet.complementOf(EnumSet.of(WAITING, FINAL));
            case WAITING -> EnumSet.complementOf(EnumSet.of(CONTESTED, UNVERIFIED, FINAL));
            case CONTESTED -> EnumSet.complementOf(EnumSet.of(FINAL));
            case ACCEPTED -> EnumSet.complementOf(EnumSet.of(CONTESTED, UNVERIFIED));
            case FINAL -> EnumSet.noneOf(UnitState.class);
        };
    }

    /** True when the unit has a result. */
    public boolean accepted() {
        return this == ACCEPTED || this == UNVERIFIED || this == FINAL;
    }

    /** True when its answers differ. */
    public boolean disputed() {
        return this == JURY || this == WAITING || this == CONTESTED;
    }
}
