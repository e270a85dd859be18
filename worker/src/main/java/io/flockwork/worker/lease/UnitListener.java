package io.flockwork.worker.lease;

import io.flockwork.sdk.model.UnitOutcome;

/** Hears of each unit that has ended on this worker. Called by many threads, for each unit once; must not block. */
@FunctionalInterface
public interface UnitListener {
    /** Does not listen. */
    UnitListener NONE = outcome -> {};

    void ended(UnitOutcome outcome);
}
