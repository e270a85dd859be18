package io.flockwork.worker.runtime;

import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.model.UnitOutcome;
import java.util.List;

/** Hears of units that have ended; called on a runtime thread, in batches, must not block. */
@FunctionalInterface
public interface OutcomeListener {
    void ended(JobId job, List<Ended> units);

    /** A unit and what came of it. */
    record Ended(Span unit, UnitOutcome outcome) {}
}
