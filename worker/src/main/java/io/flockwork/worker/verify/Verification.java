package io.flockwork.worker.verify;

import io.flockwork.sdk.model.Guarantee;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Reputation;
import io.flockwork.sdk.model.Span;
import java.util.List;
import java.util.function.Predicate;

/**
 * A policy that turns votes into accepted results, for one job.
 *
 * <p>A call may decide about other units than the one it names (a proven liar's earlier votes are withdrawn), so
 * every verdict names its unit; a unit that was accepted may be wanted again, until the job has nothing fresh and nothing
 * wanted any more. The caller passes on only votes of workers that had the unit on lease, obeys verdicts in their order,
 * and draws by lot which of the wanted units goes out next. Single-threaded.
 */
public interface Verification {
    /** Copies wanted of a unit that has no votes yet. */
    int copiesOfFresh();

    /** A worker comes, for the first time or again. To be called before anything else names it. */
    List<Verdict> arrived(Voter voter);

    /**
     * What the grid knows of a worker, from before this job or from another one; may be said more than once and in any order.
     * A ban withdraws the worker's votes.
     */
    List<Verdict> learn(Reputation reputation);

    /** False when the worker is to be given nothing. */
    boolean isWelcome(NodeId worker);

    /** Most units that the worker may have on lease: few while nobody knows it, for they may all have to be computed again. */
    int allowance(NodeId worker);

    /**
     * Gives up checks by lot that are no longer due, since so much has been measured meanwhile. To be called before units are
     * handed out.
     *
     * @param idle tells of a unit whether nobody computes it now
     */
    List<Verdict> spare(Predicate<Span> idle);

    /**
     * False when {@code worker} must not be given {@code unit}: it has voted on it, say, or its operator has a copy.
     *
     * @param holders the other workers that have a copy of the unit on lease now
     */
    boolean mayCompute(NodeId worker, Span unit, List<NodeId> holders);

    /**
     * Records a vote. A worker's second vote on a unit changes nothing and gives no verdict; one that does not count, because
     * the worker is banned, say, changes nothing, and the verdict says again how many copies are wanted.
     */
    List<Verdict> vote(Vote vote);

    /**
     * Units with a known result that {@code worker} is to be given among its others, without knowing. They are out until it
     * has answered, or has {@linkplain #arrived arrived} anew.
     */
    List<Span> exams(NodeId worker, int most);

    /** True when the worker was given the unit as an exam and has not answered. */
    boolean isExam(NodeId worker, Span unit);

    /**
     * The answer to an exam. A right one brings the worker nearer to the end of its probation; a wrong one counts as a vote on
     * the unit, for the known answer may be the wrong one after all.
     */
    List<Verdict> examined(Vote vote);

    /**
     * The unit's result, verified and accepted, is final from now on: no verdict withdraws it any more, and none of its voters'
     * strikes. See {@link Hold}.
     */
    void release(Span unit);

    /**
     * True when the unit's answers may be settled as soon as nobody is there to give another, for two have confirmed each other.
     *
     * @param idle true when nothing else is being done, so that nobody may turn up in passing: then also against others
     */
    boolean canDoWithout(Span unit, boolean idle);

    /**
     * No further worker is there for {@code unit}: accepts the answer of a strict majority of the votes there are, marked as
     * unverified where that is one, or says that the unit is contested. Gives no verdict where there are no votes.
     */
    List<Verdict> settleForLack(Span unit);

    /**
     * What an earlier master kept of {@code unit}; gives the verdict that stands. To be called once for each unit, after
     * the voters and reputations are known and before anything else happens.
     *
     * @param state as the last verdict on it named it, {@link UnitState#ACCEPTED} or {@link UnitState#UNVERIFIED} after an
     *     acceptance, {@link UnitState#FINAL} after a release, {@link UnitState#CONTESTED} after that
     * @param drawn as the last {@link Verdict.Wanted} on it said; false after an acceptance
     * @param votes those that were not dropped, in their order
     */
    List<Verdict> restore(Span unit, UnitState state, boolean drawn, List<Vote> votes);

    /** The votes on a unit that is not accepted, in the order they came; of an accepted one, those still held. */
    List<Vote> votes(Span unit);

    /** What has been measured so far, to be kept for the next master. */
    Rates rates();

    /** How far the results are vouched for, as things stand. */
    Guarantee guarantee();
}
