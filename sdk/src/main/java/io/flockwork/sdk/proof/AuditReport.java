package io.flockwork.sdk.proof;

import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Span;
import java.util.List;

/**
 * What an audit found.
 *
 * @param splitKnown false when how the job splits is its job type's affair, and nobody here knows it
 * @param units that the job has
 * @param failed units without a result
 * @param votes that are signed as they must be
 * @param strays votes on what is no unit of the job's end
 * @param lone units whose result rests on one voter
 * @param unverified units that nobody confirmed, in the core's own words
 * @param disputes units with another answer that lost; the first {@link #MOST_LISTED}
 * @param disputed how many there are of them
 * @param holes how many batches, or rows of batches, are missing
 * @param faults one sentence for each thing that is wrong; the first {@link #MOST_LISTED}
 * @param wrong how many there are of them
 */
public record AuditReport(
        JobRecord job,
        boolean splitKnown,
        long units,
        long failed,
        long votes,
        long strays,
        int workers,
        List<String> operators,
        long lone,
        long unverified,
        List<Dispute> disputes,
        long disputed,
        long holes,
        List<String> faults,
        long wrong) {
    /** Disputes and faults that are told one by one. */
    public static final int MOST_LISTED = 20;

    /** A unit on which workers did not agree. */
    public record Dispute(Span unit, long support, List<NodeId> losers) {}

    /** True when nothing is wrong. */
    public boolean sound() {
        return wrong == 0;
    }
}
