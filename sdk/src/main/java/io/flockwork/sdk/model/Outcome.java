package io.flockwork.sdk.model;

import java.util.Optional;

/**
 * How a job ended.
 *
 * @param failure one line why it failed, for a person; empty when it did not
 * @param results the blob that lists every unit with its result, in unit order; absent where there are none
 * @param combined the combined result where the job has a combiner other than {@code concat}
 * @param unverified results that too few others could confirm, because they were not there
 * @param guarantee how far the results are vouched for
 * @param proof the blob that holds the signed votes the results rest on; absent where there are none
 */
public record Outcome(
        String failure,
        Optional<NamedBlob> results,
        Optional<NamedBlob> combined,
        long unverified,
        Guarantee guarantee,
        long endedMillis,
        Optional<NamedBlob> proof) {
    /** One that nothing proves. */
    public Outcome(
            String failure,
            Optional<NamedBlob> results,
            Optional<NamedBlob> combined,
            long unverified,
            Guarantee guarantee,
            long endedMillis) {
        this(failure, results, combined, unverified, guarantee, endedMillis, Optional.empty());
    }

    /** The same with what proves it. */
    public Outcome with(NamedBlob itsProof) {
        return new Outcome(failure, results, combined, unverified, guarantee, endedMillis, Optional.of(itsProof));
    }
}
