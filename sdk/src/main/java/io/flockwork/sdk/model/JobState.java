package io.flockwork.sdk.model;

import java.util.EnumSet;
import java.util.Set;

/** Where a job stands. The table of legal steps is {@link #next()}. */
public enum JobState {
    /** Known to the grid, led by nobody yet. */
    WAITING,
    /** Led by a JobMaster. */
    RUNNING,
    /** Every unit has an accepted result. */
    DONE,
    /** Ended with at least one unit that failed all its tries, or one that could not be split or combined. */
    FAILED,
    /** Ended by its submitter. */
    CANCELLED;

    /** The states that may follow this one. RUNNING may follow itself: another master takes over. */
    public Set<JobState> next() {
        return switch (this) {
            case WAITING -> EnumSet.of(RUNNING, CANCELLED);
            case RUNNING -> EnumSet.of(RUNNING, DONE, FAILED, CANCELLED);
            case DONE, FAILED, CANCELLED -> EnumSet.noneOf(JobState.class);
        };
    }

    /** True when nothing follows. */
    public boolean ended() {
        return next().isEmpty();
    }
}
