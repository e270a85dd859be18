package io.flockwork.worker.verify;

import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Span;
import java.util.List;

/** What follows from the votes on a unit. */
public sealed interface Verdict {
    Span unit();

    /** The votes do not decide: {@code copies} more are wanted, counting those that are being computed now. */
    record Wanted(Span unit, int copies) implements Verdict {}

    /**
     * The unit's result is {@code digest}.
     *
     * @param agreeing who gave it, in the order of their votes
     * @param outvoted who gave another one
     * @param verified false when fewer votes than the policy wants decided, because nobody else was there
     */
    record Accepted(Span unit, BlobId digest, List<NodeId> agreeing, List<NodeId> outvoted, boolean verified)
            implements Verdict {}

    /** The votes contradict each other and nobody is there to decide; the votes are kept for when somebody comes. */
    record Contested(Span unit) implements Verdict {}

    /** A vote on a unit that had its accepted result already. It changes nothing but the worker's standing. */
    record Late(Span unit, NodeId worker, boolean agrees) implements Verdict {}
}
