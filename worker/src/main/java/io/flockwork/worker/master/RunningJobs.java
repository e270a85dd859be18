package io.flockwork.worker.master;

import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.model.JobState;
import io.flockwork.worker.mesh.Mesh;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The jobs that run now, and what their units read: brought up to date at each change, for it is asked much more often. Thread-safe. */
final class RunningJobs {
    private final Mesh mesh;
    private final Map<JobId, Running> running = new ConcurrentHashMap<>();

    /**
     * @param needs its code and inputs
     */
    private record Running(JobRecord record, Set<BlobId> needs) {}

    RunningJobs(Mesh mesh) {
        this.mesh = mesh;
        mesh.listen(new Mesh.Listener() {
            @Override
            public void jobChanged(JobRecord job) {
                look(job.id());
            }
        });
        mesh.jobs().forEach(job -> look(job.id()));
    }

    /** What is told may be older than what is known by now: several threads tell. */
    private void look(JobId id) {
        running.compute(id, (same, known) -> mesh.job(id)
                .filter(job -> job.state() == JobState.RUNNING)
                .map(job -> new Running(job, known == null ? job.spec().blobs() : known.needs()))
                .orElse(null));
    }

    Collection<JobRecord> all() {
        return running.values().stream().map(Running::record).toList();
    }

    /** True while a running job's units need this blob. */
    boolean need(BlobId blob) {
        return running.values().stream().anyMatch(job -> job.needs().contains(blob));
    }
}
