package io.flockwork.worker.master;

import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.model.NamedBlob;
import io.flockwork.sdk.model.Outcome;
import io.flockwork.sdk.wire.ResultList;
import io.flockwork.worker.mesh.Mesh;
import io.flockwork.worker.swarm.Storage;
import io.flockwork.worker.swarm.Swarm;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;

/**
 * Which blobs a core must keep: what jobs that have not ended read, the results of those that have, while the grid remembers them,
 * and all that is young. Results of running jobs are known to their masters only; whatever came since the oldest of those jobs was handed
 * in may be one of them.
 */
public final class BlobNeeds implements Storage.Needs {
    /** An upload takes its time, and its job comes last. */
    private static final Duration YOUNG = Duration.ofDays(1);
    /** The clocks of two cores. */
    private static final Duration DIFFERENCE = Duration.ofHours(1);

    private final Mesh mesh;
    private final Swarm swarm;
    private final Clock clock;

    public BlobNeeds(Mesh mesh, Swarm swarm, Clock clock) {
        this.mesh = mesh;
        this.swarm = swarm;
        this.clock = clock;
    }

    @Override
    public Storage.Needed now() throws IOException {
        Set<BlobId> needed = new HashSet<>();
        long since = clock.millis() - YOUNG.toMillis();
        for (JobRecord job : mesh.jobs()) {
            if (!job.state().ended()) {
                needed.addAll(job.spec().blobs());
                since = Math.min(since, job.submittedMillis() - DIFFERENCE.toMillis());
            } else if (job.outcome().isPresent()) {
                addResults(job.outcome().get(), needed);
            }
        }
        return new Storage.Needed(needed, since);
    }

    private void addResults(Outcome outcome, Set<BlobId> needed) throws IOException {
        outcome.combined().map(NamedBlob::blob).ifPresent(needed::add);
        outcome.proof().map(NamedBlob::blob).ifPresent(needed::add);
        if (outcome.results().isPresent()) {
            BlobId list = outcome.results().get().blob();
            needed.add(list);
            try (InputStream bytes = swarm.open(list)) {
                addStored(ResultList.read(bytes), needed);
            } catch (UncheckedIOException unreadable) {
                throw unreadable.getCause();
            }
        }
    }

    private static void addStored(Iterator<ResultList.Entry> entries, Set<BlobId> needed) {
        while (entries.hasNext()) {
            if (entries.next().body().orElse(null) instanceof ResultList.Body.Stored stored) {
                needed.add(stored.blob());
            }
        }
    }
}
