package io.flockwork.worker.mesh;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.map.listener.EntryRemovedListener;
import io.flockwork.sdk.model.JobChange;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobProgress;
import io.flockwork.sdk.model.JobRecord;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The jobs' records, and what their masters said last: kept in the mesh, and read from what this core has heard. */
final class JobRecords {
    private static final Logger LOG = LoggerFactory.getLogger(JobRecords.class);

    private final IMap<String, JobRecord> jobs;
    private final IMap<String, JobProgress> progress;
    private final Persistence persistence;
    private final SecondCopies copies;
    private final Executor mesh;
    private final Executor readers;
    private final Listeners listeners;
    private final Heard<JobId, JobRecord> heardJobs = new Heard<>(JobOrder::isLater);
    private final Heard<JobId, JobProgress> heardProgress = new Heard<>((heard, known) -> !heard.equals(known));
    private final AtomicBoolean rereading = new AtomicBoolean();

    /**
     * @param mesh the mesh's one thread
     * @param readers may block on the network
     */
    JobRecords(
            HazelcastInstance hazelcast,
            Persistence persistence,
            SecondCopies copies,
            Executor mesh,
            Executor readers,
            Listeners listeners) {
        this.jobs = hazelcast.getMap(MeshConfig.JOBS);
        this.progress = hazelcast.getMap(MeshConfig.PROGRESS);
        this.persistence = persistence;
        this.copies = copies;
        this.mesh = mesh;
        this.readers = readers;
        this.listeners = listeners;
    }

    /** Listens first and reads after, so that nothing falls between. */
    void hearEverything() {
        Ear.listen(jobs, mesh, this::hear);
        Ear.listen(progress, mesh, this::hear);
        EntryRemovedListener<String, JobRecord> forgotten =
                event -> mesh.execute(() -> forgetHeard(new JobId(event.getKey())));
        jobs.addEntryListener(forgotten, false);
        jobs.values().forEach(job -> heardJobs.hear(job.id(), job));
        progress.values().forEach(said -> heardProgress.hear(said.job(), said));
    }

    private void hear(JobRecord job) {
        if (heardJobs.hear(job.id(), job)) {
            listeners.tell(listener -> listener.jobChanged(job));
        }
    }

    private void hear(JobProgress said) {
        if (heardProgress.hear(said.job(), said)) {
            listeners.tell(listener -> listener.progressed(said));
        }
    }

    /** What an owner changed just before it died was perhaps heard by nobody, although a backup had it. */
    void readAgain() {
        if (rereading.compareAndSet(false, true)) {
            persistence
                    .until(again -> CompletableFuture.supplyAsync(jobs::values, readers))
                    .whenComplete((found, failed) -> {
                        rereading.set(false);
                        if (failed == null) {
                            found.forEach(this::hear);
                        } else {
                            LOG.warn("could not read the jobs again: {}", failed.getMessage());
                        }
                    });
        }
    }

    CompletionStage<JobRecord> create(JobRecord job) {
        return persistence
                .until(again -> onTwoCores(job.id(), jobs.submitToKey(job.id().value(), new CreateJob(job))))
                .whenComplete((created, failed) -> {
                    if (failed == null) {
                        hear(created);
                    }
                });
    }

    CompletionStage<Optional<JobRecord>> change(JobId job, JobChange step) {
        return persistence
                .until(again -> {
                    CompletionStage<Optional<JobRecord>> changed =
                            jobs.submitToKey(job.value(), new ChangeJob(step, again));
                    return step instanceof JobChange.Claim ? changed : onTwoCores(job, changed);
                })
                .whenComplete((changed, failed) -> {
                    if (failed == null) {
                        changed.ifPresent(this::hear);
                    }
                });
    }

    private <T> CompletionStage<T> onTwoCores(JobId job, CompletionStage<T> write) {
        return write.thenApply(written -> {
            copies.require(job.value());
            return written;
        });
    }

    void publish(JobProgress said) {
        progress.setAsync(said.job().value(), said)
                .whenCompleteAsync(
                        (nothing, failed) -> {
                            if (failed != null) {
                                LOG.debug("progress of job {} was not told: {}", said.job(), failed.getMessage());
                            }
                        },
                        mesh);
    }

    /** Forgets what this core has heard of a job. */
    void forgetHeard(JobId job) {
        heardJobs.forget(job);
        heardProgress.forget(job);
    }

    /** Forgets a job for the whole mesh. */
    CompletionStage<Void> forget(JobId job) {
        return persistence
                .until(again -> jobs.deleteAsync(job.value()))
                .thenCompose(gone -> persistence.until(again -> progress.deleteAsync(job.value())))
                .thenApply(gone -> null);
    }

    Heard<JobId, JobRecord> jobs() {
        return heardJobs;
    }

    Heard<JobId, JobProgress> progress() {
        return heardProgress;
    }
}
