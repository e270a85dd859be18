package io.flockwork.sdk.model;

import java.util.EnumSet;
import java.util.Set;

/** How far a worker is believed. The table of legal steps is {@link #next()}. */
public enum Standing {
    /** On probation: every answer of its own is checked. */
    NEW,
    /** Its answers are checked by lot. */
    ACTIVE,
    /** Proven to have lied: nothing of it counts, and it gets nothing to compute. */
    BANNED;

    /** The standings that may follow this one by what the worker does. Only an operator can pardon. */
    public Set<Standing> next() {
        return switch (this) {
            case NEW -> EnumSet.of(ACTIVE, BANNED);
            case ACTIVE -> EnumSet.of(NEW, BANNED);
            case BANNED -> EnumSet.noneOf(Standing.class);
        };
    }
}
