package io.flockwork.worker.lease;

import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.model.UnitOutcome;

/** What becomes of an outcome before it is reported. */
@FunctionalInterface
interface Honesty {
    /** The truth. */
    Honesty ALWAYS = (unit, outcome) -> outcome;

    UnitOutcome of(Span unit, UnitOutcome outcome);
}
