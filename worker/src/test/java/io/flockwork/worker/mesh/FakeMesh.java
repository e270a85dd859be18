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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** A {@link Mesh} in memory; made by {@link FakeMeshNetwork#join}. Keeps the same contract, as a test shows. */
public final class FakeMesh implements Mesh {
    private final FakeMeshNetwork network;
    private final WorkerInfo info;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Heard<JobId, JobRecord> jobs = new Heard<>(JobOrder::isLater);
    private final Heard<JobId, JobProgress> progress = new Heard<>((heard, known) -> !heard.equals(known));
    private final Heard<NodeId, Conduct> conducts =
            new Heard<>((heard, known) -> !heard.merged(known).equals(known));
    private volatile List<WorkerInfo> cores = List.of();
    private volatile boolean dead;

    FakeMesh(FakeMeshNetwork network, WorkerInfo info) {
        this.network = network;
        this.info = info;
    }

    WorkerInfo info() {
        return info;
    }

    void see(List<WorkerInfo> seen) {
        cores = seen;
    }

    void die() {
        dead = true;
    }

    void hearJob(JobRecord job) {
        if (!dead && jobs.hear(job.id(), job)) {
            listeners.forEach(listener -> listener.jobChanged(job));
        }
    }

    void hearProgress(JobProgress said) {
        if (!dead && progress.hear(said.job(), said)) {
            listeners.forEach(listener -> listener.progressed(said));
        }
    }

    void hearConduct(Conduct conduct) {
        if (!dead && conducts.hear(conduct.worker(), conduct)) {
            listeners.forEach(listener -> listener.judged(conduct));
        }
    }

    void tellCoresChanged() {
        if (!dead) {
            listeners.forEach(Listener::coresChanged);
        }
    }

    @Override
    public NodeId self() {
        return info.id();
    }

    @Override
    public List<WorkerInfo> cores() {
        return cores;
    }

    @Override
    public Collection<WorkerInfo> edges() {
        return Set.copyOf(network.edges.values());
    }

    @Override
    public void connected(WorkerInfo edge) {
        network.edges.put(edge.id() + "/" + info.id(), edge);
    }

    @Override
    public void gone(NodeId edge) {
        network.edges.remove(edge + "/" + info.id());
    }

    @Override
    public boolean owns(JobId job) {
        return FakeMeshNetwork.owner(job, cores).equals(info.id());
    }

    @Override
    public CompletionStage<JobRecord> create(JobRecord job) {
        return network.ask(this, () -> {
            JobRecord there = network.update(network.jobs, job.id(), known -> known == null ? job : known);
            hearJob(there);
            network.tell(core -> core.hearJob(there));
            return there;
        });
    }

    @Override
    public CompletionStage<Optional<JobRecord>> change(JobId job, JobChange step) {
        return network.ask(this, () -> {
            JobRecord known = network.jobs.get(job);
            Optional<JobRecord> changed = known == null ? Optional.empty() : step.applyTo(known);
            changed.ifPresent(record -> {
                network.jobs.put(job, record);
                hearJob(record);
                network.tell(core -> core.hearJob(record));
            });
            return changed;
        });
    }

    @Override
    public Optional<JobRecord> job(JobId job) {
        return jobs.get(job);
    }

    @Override
    public Collection<JobRecord> jobs() {
        return jobs.all();
    }

    @Override
    public void publish(JobProgress said) {
        network.ask(this, () -> {
            network.progress.put(said.job(), said);
            network.tell(core -> core.hearProgress(said));
            return said;
        });
    }

    @Override
    public Optional<JobProgress> progress(JobId job) {
        return progress.get(job);
    }

    @Override
    public CompletionStage<Void> keep(JobId job, int epoch, Map<Integer, byte[]> segments) {
        Map<Integer, byte[]> toKeep = Map.copyOf(segments);
        return network.ask(this, () -> {
            TreeMap<FakeMeshNetwork.SegmentKey, byte[]> kept =
                    network.segments.computeIfAbsent(job, none -> new TreeMap<>());
            toKeep.forEach((number, bytes) -> kept.put(new FakeMeshNetwork.SegmentKey(epoch, number), bytes.clone()));
            return null;
        });
    }

    @Override
    public CompletionStage<List<Segment>> segments(JobId job) {
        return network.ask(this, () -> network.segments.getOrDefault(job, new TreeMap<>()).entrySet().stream()
                .map(kept -> new Segment(
                        kept.getKey().epoch(),
                        kept.getKey().number(),
                        kept.getValue().clone()))
                .toList());
    }

    @Override
    public CompletionStage<Void> dropSegments(JobId job) {
        return network.ask(this, () -> {
            network.segments.remove(job);
            return null;
        });
    }

    @Override
    public CompletionStage<Conduct> judge(NodeId worker, Judgement judgement) {
        return network.ask(this, () -> {
            Conduct now = Conduct.after(Optional.ofNullable(network.conducts.get(worker)), worker, judgement);
            network.conducts.put(worker, now);
            network.tell(core -> core.hearConduct(now));
            return now;
        });
    }

    @Override
    public Optional<Conduct> conduct(NodeId worker) {
        return conducts.get(worker);
    }

    @Override
    public Collection<Conduct> conducts() {
        return conducts.all();
    }

    @Override
    public void forget(JobId job) {
        jobs.forget(job);
        progress.forget(job);
        if (owns(job)) {
            network.ask(this, () -> {
                network.segments.remove(job);
                network.progress.remove(job);
                return network.jobs.remove(job);
            });
        }
    }

    @Override
    public CompletionStage<Void> hold(Collection<BlobId> blobs) {
        List<BlobId> held = List.copyOf(blobs);
        return network.ask(this, () -> {
            held.forEach(blob -> network.holders
                    .computeIfAbsent(blob, none -> new HashSet<>())
                    .add(info.id()));
            return null;
        });
    }

    @Override
    public CompletionStage<Set<NodeId>> holders(BlobId blob) {
        return network.ask(this, () -> Set.copyOf(network.holders.getOrDefault(blob, Set.of())));
    }

    @Override
    public void listen(Listener listener) {
        listeners.add(listener);
    }

    @Override
    public void close() {
        network.kill(this);
    }
}
