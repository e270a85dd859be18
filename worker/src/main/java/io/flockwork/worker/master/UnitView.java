package io.flockwork.worker.master;

import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Span;
import java.util.List;

/**
 * One unit of a running job, for people.
 *
 * @param running who computes it
 * @param failures tries that gave no result
 * @param cause why the last of them did not, or empty
 */
public record UnitView(
        Span unit, UnitPhase phase, List<VoteView> votes, List<NodeId> running, int failures, String cause) {
    /**
     * An answer.
     *
     * @param digest the beginning of its hash; empty while it might tell others what to answer
     * @param agrees whether it is the accepted one; null while none is
     * @param dropped true when it does not count, for its worker was caught
     */
    public record VoteView(NodeId worker, String digest, Boolean agrees, boolean dropped) {}

    /** Units in order, of so many. */
    public record Part(List<UnitView> units, long total) {}
}
