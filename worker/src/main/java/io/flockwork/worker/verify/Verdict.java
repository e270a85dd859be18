package io.flockwork.worker.verify;

import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Reputation;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.model.Standing;
import java.util.List;

/** What follows from the votes on a unit. */
public sealed interface Verdict {
    Span unit();

    /**
     * The votes do not decide.
     *
     * @param copies how many more are wanted, counting those that are being computed now; none while the unit waits for a jury
     * @param state why; to be kept with the unit's votes, for {@link Verification#restore}
     * @param drawn the unit's check by lot is still to be counted among the {@link Rates}; to be kept, too
     */
    record Wanted(Span unit, int copies, UnitState state, boolean drawn) implements Verdict {}

    /**
     * The unit's result is {@code digest}, until it is withdrawn. May be said again when what was unverified is verified.
     *
     * @param agreeing who gave it, in the order of their votes
     * @param outvoted who gave another one
     * @param verified false when fewer votes than the policy wants decided, because nobody else was there
     */
    record Accepted(Span unit, BlobId digest, List<NodeId> agreeing, List<NodeId> outvoted, boolean verified)
            implements Verdict {}

    /** The unit had a result and is open again; what is wanted now follows in the same list. */
    record Withdrawn(Span unit) implements Verdict {}

    /** This worker's vote on the unit counts no more, and is to be forgotten. */
    record Dropped(Span unit, NodeId worker) implements Verdict {}

    /** The votes contradict each other and nobody is there to decide; the votes are kept for when somebody comes. */
    record Contested(Span unit) implements Verdict {}

    /** A vote on a unit that has its accepted result already. It changes nothing but the worker's standing. */
    record Late(Span unit, NodeId worker, boolean agrees) implements Verdict {}

    /**
     * The worker's answer was confirmed, which brings it nearer to the end of its probation.
     *
     * @param exam it was an exam
     * @param now what is known of it after that, to be merged into what the grid knows
     */
    record Passed(Span unit, NodeId worker, boolean exam, Reputation now) implements Verdict {}

    /**
     * The worker's answer was proven wrong.
     *
     * @param given the wrong one
     * @param accepted the right one
     * @param gang others gave the same wrong one, or the referee said otherwise
     * @param now what is known of it after that, to be merged into what the grid knows: banned, or back on probation
     */
    record Struck(Span unit, NodeId worker, BlobId given, BlobId accepted, boolean gang, Reputation now)
            implements Verdict {
        /** True when it gets nothing to compute any more. */
        public boolean banned() {
            return now.standing() == Standing.BANNED;
        }
    }
}
