package io.flockwork.sdk.client;

import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.model.NamedBlob;
import io.flockwork.sdk.model.Outcome;
import io.flockwork.sdk.model.Recipe;
import io.flockwork.sdk.wire.ResultList;
import io.flockwork.sdk.wire.ResultList.Entry;
import java.io.InputStream;
import java.util.Iterator;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A result as an ended job's record names it.
 *
 * @param record its outcome is present
 * @param blobs where the bytes are
 */
public record ListedResult(JobRecord record, Blobs blobs) implements JobResult {
    /** Opens blobs, wherever they are. */
    @FunctionalInterface
    public interface Blobs {
        /** The bytes of a blob of this size; close the stream. */
        InputStream open(BlobId blob, long size);
    }

    @Override
    public Stream<UnitResult> units() {
        return record.outcome().flatMap(Outcome::results).map(this::units).orElseGet(Stream::empty);
    }

    private Stream<UnitResult> units(NamedBlob list) {
        InputStream bytes = blobs.open(list.blob(), list.size());
        Iterator<Entry> entries = ResultList.read(bytes);
        AtomicLong place = new AtomicLong();
        boolean carved = record.spec().recipe() instanceof Recipe.Range;
        int traits = Spliterator.ORDERED | Spliterator.NONNULL;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(entries, traits), false)
                .map(entry -> UnitResult.of(
                        carved ? place.getAndIncrement() : entry.unit().from(), entry, blobs));
    }

    @Override
    public Optional<InputStream> combined() {
        return record.outcome().flatMap(Outcome::combined).map(blob -> blobs.open(blob.blob(), blob.size()));
    }

    @Override
    public Optional<InputStream> proof() {
        return record.outcome().flatMap(Outcome::proof).map(blob -> blobs.open(blob.blob(), blob.size()));
    }
}
