package io.flockwork.sdk.client;

import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.model.NamedBlob;
import io.flockwork.sdk.model.Outcome;
import io.flockwork.sdk.wire.ResultList;
import io.flockwork.sdk.wire.ResultList.Entry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * A job's results as they become final, each once; at last, from its list of results, those that are left. The next page is
 * asked for when the last has been taken. For one thread at a time, which is blocked.
 */
final class FinalResults implements Iterator<UnitResult>, AutoCloseable {
    private final RemoteJob job;
    private final Taken taken = new Taken();
    private Iterator<Entry> page = Collections.emptyIterator();
    private long after;
    private InputStream list = InputStream.nullInputStream();
    private boolean ended;
    private Entry next;

    FinalResults(RemoteJob job) {
        this.job = job;
    }

    @Override
    public boolean hasNext() {
        while (next == null && (page.hasNext() || turnPage())) {
            if (page.hasNext()) {
                look(page.next());
            }
        }
        return next != null;
    }

    /** Who has not heard of a fork of the grid may be told of a unit twice: by a master each. */
    private void look(Entry entry) {
        after = Math.max(after, entry.sequence());
        if (taken.add(entry.unit())) {
            next = entry;
        }
    }

    @Override
    public UnitResult next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Entry entry = next;
        next = null;
        return UnitResult.of(entry.unit().from(), entry, job.blobs()::open);
    }

    /** False when there is no other page. */
    private boolean turnPage() {
        if (ended) {
            return false;
        }
        Optional<List<Entry>> found = job.pages().after(job.id(), after);
        if (found.isPresent()) {
            page = found.get().iterator();
        } else {
            JobRecord record = job.status().record();
            ended = record.state().ended();
            if (ended) {
                page = rest(record);
            }
        }
        return true;
    }

    private Iterator<Entry> rest(JobRecord record) {
        Optional<NamedBlob> results = record.outcome().flatMap(Outcome::results);
        if (results.isEmpty()) {
            return Collections.emptyIterator();
        }
        list = job.blobs().open(results.get().blob(), results.get().size());
        return ResultList.read(list);
    }

    @Override
    public void close() {
        try {
            list.close();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
