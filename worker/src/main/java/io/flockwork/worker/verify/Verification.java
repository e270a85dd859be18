package io.flockwork.worker.verify;

import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Span;
import java.util.List;

/**
 * A policy that turns votes into accepted results, for one job.
 *
 * <p>A call may decide about other units than the one it names (a proven liar's earlier votes are withdrawn), so
 * every verdict names its unit; a unit that was accepted may be wanted again. The caller passes on only votes of
 * workers that had the unit on lease. Single-threaded.
 */
public interface Verification {
    /** Copies wanted of a unit that has no votes yet. */
    int copiesOfFresh();

    /**
     * False when {@code worker} must not be given {@code unit}, because it has voted on it already.
     *
     * @param holders the other workers that have a copy of the unit on lease now
     */
    boolean mayCompute(NodeId worker, Span unit, List<NodeId> holders);

    /** Records a vote; a worker's second vote on a unit changes nothing and gives no verdict. */
    List<Verdict> vote(Vote vote);

    /**
     * No further worker is there for {@code unit}: accepts, marked as unverified, the answer of a strict majority of the
     * votes there are, or says that the unit is contested. Gives no verdict where there are no votes.
     */
    List<Verdict> settleForLack(Span unit);

    /**
     * Votes on {@code unit} that an earlier master kept, in their order, taken in as if cast now; gives the verdicts that
     * stand after the last of them.
     */
    List<Verdict> restore(Span unit, List<Vote> votes);

    /** The votes on a unit that is not accepted, in the order they came; of an accepted one, those still held. */
    List<Vote> votes(Span unit);
}
