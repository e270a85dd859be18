package io.flockwork.worker.schedule;

import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Span;

/** Who may compute a further copy of a unit, beyond the schedule's own rule that no worker gets two copies of one unit. */
@FunctionalInterface
public interface Eligibility {
    /** Everybody. */
    Eligibility ANYBODY = (worker, unit) -> true;

    boolean mayCompute(NodeId worker, Span unit);
}
