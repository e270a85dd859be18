package io.flockwork.worker.schedule;

import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Span;
import java.util.List;

/** Who may compute a further copy of a unit, beyond the schedule's own rule that no worker gets two copies of one unit. */
@FunctionalInterface
public interface Eligibility {
    /** Everybody. */
    Eligibility ANYBODY = (worker, unit, holders) -> true;

    /** @param holders the other workers that have a copy of the unit on lease now */
    boolean mayCompute(NodeId worker, Span unit, List<NodeId> holders);
}
