package io.flockwork.sdk.client;

import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.wire.ResultList.Body;
import io.flockwork.sdk.wire.ResultList.Entry;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Optional;

/**
 * What became of one unit.
 *
 * @param number from 0: which of the job's inputs it had; of a range, its place among the units that there are
 * @param span its share of the index space
 * @param inputName the input's file name, or empty
 * @param failure one line why it has no result, or empty
 * @param stderr what it wrote to standard error, bounded
 * @param output opens the result; absent when the unit failed
 * @param verified others have confirmed the result, or might have; false when the unit failed
 */
public record UnitResult(
        long number,
        Span span,
        String inputName,
        String failure,
        byte[] stderr,
        Optional<Output> output,
        boolean verified) {
    /** As listed, under this number. */
    static UnitResult of(long number, Entry entry, ListedResult.Blobs blobs) {
        return new UnitResult(
                number,
                entry.unit(),
                entry.inputName(),
                entry.failure(),
                entry.stderr(),
                entry.body().map(body -> () -> open(body, blobs)),
                entry.verified());
    }

    private static InputStream open(Body body, ListedResult.Blobs blobs) {
        if (body instanceof Body.Inline inline) {
            return new ByteArrayInputStream(inline.bytes());
        }
        Body.Stored stored = (Body.Stored) body;
        return blobs.open(stored.blob(), stored.size());
    }

    /** A result that may still be in the grid. */
    @FunctionalInterface
    public interface Output {
        /** The bytes; close the stream. Throws {@link GridException} when they cannot be had. */
        InputStream open();
    }
}
