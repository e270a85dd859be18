package io.flockwork.sdk.model;

import java.util.Optional;

/**
 * How a job ended.
 *
 * @param failure one line why it failed, for a person; empty when it did not
 * @param results the blob that lists every unit with its result, in unit order; absent where there are none
 * @param combined the combined result where the job has a combiner other than {@code concat}
 * @param proof the blob that holds the signed votes the results rest on; absent where there are none
 * @param unverified units accepted on fewer votes than the quorum, because no other worker was there
 */
public record Outcome(
        String failure,
        Optional<NamedBlob> results,
        Optional<NamedBlob> combined,
        long unverified,
        long endedMillis,
        Optional<NamedBlob> proof) {
    /** One that nothing proves. */
    public Outcome(
            String failure,
            Optional<NamedBlob> results,
            Optional<NamedBlob> combined,
            long unverified,
            long endedMillis) {
        this(failure, results, combined, unverified, endedMillis, Optional.empty());
    }

    /** The same with what proves it. */
    public Outcome with(NamedBlob itsProof) {
        return new Outcome(failure, results, combined, unverified, endedMillis, Optional.of(itsProof));
    }
}
