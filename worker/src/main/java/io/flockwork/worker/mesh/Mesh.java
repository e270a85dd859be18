package io.flockwork.worker.mesh;

import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.Conduct;
import io.flockwork.sdk.model.JobChange;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobProgress;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.model.Judgement;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.WorkerInfo;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * What the core workers know together. Everything here survives the sudden death of any one core.
 *
 * <p>No method blocks on the network, except {@link #close}; reads answer from what this core has heard. Stages complete
 * on threads of the mesh: hop to your own before touching anything. Listeners are called on one mesh thread, must not
 * block, and may see a change twice.
 */
public interface Mesh extends AutoCloseable {
    /** This core. */
    NodeId self();

    /** The live core workers, this one included, oldest member first. */
    List<WorkerInfo> cores();

    /** The edge workers that are connected to any core. */
    Collection<WorkerInfo> edges();

    /** An edge worker is connected to this core. Does not block. */
    void connected(WorkerInfo edge);

    /** It is no more. Does not block. */
    void gone(NodeId edge);

    /** True while this core owns the job's key, and so is to lead it when nobody does. */
    boolean owns(JobId job);

    /** Adds a job unless its id is taken; completes with the record that the mesh then holds, on at least two cores if there are two. */
    CompletionStage<JobRecord> create(JobRecord job);

    /** Applies a step where the record lives; completes with the new record, or empty when there is no such job or the step was refused. */
    CompletionStage<Optional<JobRecord>> change(JobId job, JobChange step);

    /** The job, as far as this core has heard. */
    Optional<JobRecord> job(JobId job);

    /** All jobs that this core has heard of. */
    Collection<JobRecord> jobs();

    /** Tells all cores how far a job is. Best effort. */
    void publish(JobProgress progress);

    /** What the job's master said last, as far as this core has heard. */
    Optional<JobProgress> progress(JobId job);

    /** Keeps progress segments of a job, replacing those of the same epoch and number; completes when a second core has them too. */
    CompletionStage<Void> keep(JobId job, int epoch, Map<Integer, byte[]> segments);

    /** All segments kept of a job, of every epoch: lower epochs first, then by number. Never mistakes "not found yet" for "gone". */
    CompletionStage<List<Segment>> segments(JobId job);

    /** Forgets a job's segments. */
    CompletionStage<Void> dropSegments(JobId job);

    /** Takes a step in what the grid knows of a worker; completes with what it then knows. */
    CompletionStage<Conduct> judge(NodeId worker, Judgement judgement);

    /** What the grid knows of a worker, as far as this core has heard. */
    Optional<Conduct> conduct(NodeId worker);

    /** The same of every worker. */
    Collection<Conduct> conducts();

    /**
     * Forgets a job that has ended, with all that was kept of it: this core at once, and the mesh when this core owns the job's key. So
     * every core is to be told.
     */
    void forget(JobId job);

    /** Says that this core has these blobs complete. */
    CompletionStage<Void> hold(Collection<BlobId> blobs);

    /** The cores that said so. */
    CompletionStage<Set<NodeId>> holders(BlobId blob);

    /** Hears of changes from now on. */
    void listen(Listener listener);

    /** Leaves in good order: what this core owns moves to others first. */
    @Override
    void close();

    /** A progress segment as a master kept it. */
    record Segment(int epoch, int number, byte[] bytes) {}

    /** What a core may hear. */
    interface Listener {
        /** A job is new or another step further. */
        default void jobChanged(JobRecord job) {}

        /** A job's master spoke. */
        default void progressed(JobProgress progress) {}

        /** The grid knows something new of a worker. */
        default void judged(Conduct conduct) {}

        /** A core came or went, or keys changed owners. */
        default void coresChanged() {}
    }
}
