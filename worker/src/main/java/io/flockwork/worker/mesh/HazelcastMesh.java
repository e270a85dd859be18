package io.flockwork.worker.mesh;

import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.EntryEvent;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import com.hazelcast.map.IMap;
import com.hazelcast.map.listener.EntryAddedListener;
import com.hazelcast.map.listener.EntryMergedListener;
import com.hazelcast.map.listener.EntryUpdatedListener;
import io.flockwork.sdk.model.Address;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The {@link Mesh} on one Hazelcast cluster of which every core is a member. */
public final class HazelcastMesh implements Mesh {
    private static final Logger LOG = LoggerFactory.getLogger(HazelcastMesh.class);
    private static final long OWNERSHIP_CHECK_MILLIS = 250;
    private static final int READERS = 2;

    private final WorkerInfo self;
    private final HazelcastInstance hazelcast;
    private final List<String> others;
    private final ScheduledExecutorService mesh;
    private final ExecutorService readers;
    private final Persistence persistence;
    private final IMap<String, JobRecord> jobs;
    private final IMap<String, JobProgress> progress;
    private final IMap<String, Set<NodeId>> holders;
    private final IMap<String, Conduct> conducts;
    private final SecondCopies copies;
    private final Segments segments;
    private final Edges edges;
    private final CoresSeen seen;

    private final Heard<JobId, JobRecord> heardJobs = new Heard<>(JobOrder::isLater);
    private final Heard<JobId, JobProgress> heardProgress = new Heard<>((heard, known) -> !heard.equals(known));
    private final Heard<NodeId, Conduct> heardConducts =
            new Heard<>((heard, known) -> !heard.merged(known).equals(known));
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicBoolean rereading = new AtomicBoolean();
    private volatile boolean leaving;

    private HazelcastMesh(MeshSettings settings, HazelcastInstance hazelcast, List<String> others) {
        this.self = settings.self();
        this.hazelcast = hazelcast;
        this.others = others;
        this.mesh = Executors.newSingleThreadScheduledExecutor(daemon("mesh-" + self.name()));
        this.readers = Executors.newFixedThreadPool(READERS, daemon("mesh-read-" + self.name()));
        this.persistence = new Persistence(mesh);
        this.jobs = hazelcast.getMap(MeshConfig.JOBS);
        this.progress = hazelcast.getMap(MeshConfig.PROGRESS);
        this.holders = hazelcast.getMap(MeshConfig.HOLDERS);
        this.conducts = hazelcast.getMap(MeshConfig.CONDUCTS);
        this.seen = new CoresSeen(hazelcast);
        this.edges = new Edges(hazelcast.getReplicatedMap(MeshConfig.EDGES), self.id());
        this.copies = new SecondCopies(hazelcast);
        this.segments = new Segments(hazelcast.getMap(MeshConfig.SEGMENTS), persistence, copies, readers);
    }

    /**
     * Starts this core's member and joins the others, or founds the mesh when none of them answers. Blocks until done.
     *
     * @throws MeshException when it cannot, with one sentence why
     */
    public static HazelcastMesh join(MeshSettings settings) {
        return join(settings, TlsLimits.DEFAULT);
    }

    static HazelcastMesh join(MeshSettings settings, TlsLimits limits) {
        List<String> others = new CopyOnWriteArrayList<>();
        settings.others().forEach(other -> others.add(other.toString()));
        HazelcastMesh joined = new HazelcastMesh(settings, MeshMember.start(settings, others, limits), others);
        joined.hearEverything();
        return joined;
    }

    private static ThreadFactory daemon(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Listens first and reads after, so that nothing falls between. */
    private void hearEverything() {
        hazelcast.getCluster().addMembershipListener(new MembershipListener() {
            @Override
            public void memberAdded(MembershipEvent event) {
                mesh.execute(HazelcastMesh.this::coresChanged);
            }

            @Override
            public void memberRemoved(MembershipEvent event) {
                mesh.execute(HazelcastMesh.this::coresChanged);
            }
        });
        hazelcast.getLifecycleService().addLifecycleListener(event -> {
            if (event.getState() == LifecycleState.MERGED) {
                mesh.execute(this::coresChanged);
            }
        });
        listenTo(jobs, this::heardJob);
        listenTo(progress, this::heardProgress);
        listenTo(conducts, this::heardConduct);
        seen.look();
        jobs.values().forEach(job -> heardJobs.hear(job.id(), job));
        progress.values().forEach(said -> heardProgress.hear(said.job(), said));
        conducts.values().forEach(known -> heardConducts.hear(known.worker(), known));
        mesh.scheduleWithFixedDelay(edges::sayAgain, Edges.SAY_SECONDS, Edges.SAY_SECONDS, TimeUnit.SECONDS);
        mesh.scheduleWithFixedDelay(
                this::checkOwnership, OWNERSHIP_CHECK_MILLIS, OWNERSHIP_CHECK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private <V> void listenTo(IMap<String, V> map, Consumer<V> ear) {
        map.addEntryListener(new Ear<V>(value -> mesh.execute(() -> ear.accept(value))), true);
    }

    private record Ear<V>(Consumer<V> ear)
            implements EntryAddedListener<String, V>, EntryUpdatedListener<String, V>, EntryMergedListener<String, V> {
        @Override
        public void entryAdded(EntryEvent<String, V> event) {
            ear.accept(event.getValue());
        }

        @Override
        public void entryUpdated(EntryEvent<String, V> event) {
            ear.accept(event.getValue());
        }

        @Override
        public void entryMerged(EntryEvent<String, V> event) {
            ear.accept(event.getValue());
        }
    }

    private void heardJob(JobRecord job) {
        if (heardJobs.hear(job.id(), job)) {
            tell(Listener::jobChanged, job);
        }
    }

    private void heardProgress(JobProgress said) {
        if (heardProgress.hear(said.job(), said)) {
            tell(Listener::progressed, said);
        }
    }

    private void heardConduct(Conduct conduct) {
        if (heardConducts.hear(conduct.worker(), conduct)) {
            tell(Listener::judged, conduct);
        }
    }

    private <V> void tell(BiConsumer<Listener, V> what, V value) {
        for (Listener listener : listeners) {
            try {
                what.accept(listener, value);
            } catch (RuntimeException fault) {
                LOG.error("a listener to the mesh failed", fault);
            }
        }
    }

    private void checkOwnership() {
        try {
            if (seen.hasMoved()) {
                coresChanged();
            }
        } catch (HazelcastInstanceNotActiveException left) {
            LOG.debug("this core has left the mesh");
        }
    }

    private void coresChanged() {
        seen.look();
        tell((listener, nothing) -> listener.coresChanged(), null);
        rereadJobs();
    }

    /** What an owner changed just before it died was perhaps heard by nobody, although a backup had it. */
    private void rereadJobs() {
        if (!leaving && rereading.compareAndSet(false, true)) {
            persistence
                    .until(again -> CompletableFuture.supplyAsync(jobs::values, readers))
                    .whenComplete((found, failed) -> {
                        rereading.set(false);
                        if (failed == null) {
                            found.forEach(this::heardJob);
                        } else if (!leaving) {
                            LOG.warn("could not read the jobs again: {}", failed.getMessage());
                        }
                    });
        }
    }

    /** Other cores' addresses, learnt later: a mesh that was split finds its other half there. */
    public void heardOf(Collection<Address> addresses) {
        for (Address address : addresses) {
            if (!address.equals(self.mesh()) && !others.contains(address.toString())) {
                others.add(address.toString());
            }
        }
    }

    @Override
    public NodeId self() {
        return self.id();
    }

    @Override
    public List<WorkerInfo> cores() {
        return seen.cores();
    }

    @Override
    public Collection<WorkerInfo> edges() {
        return edges.all();
    }

    @Override
    public void connected(WorkerInfo edge) {
        mesh.execute(() -> edges.connected(edge));
    }

    @Override
    public void gone(NodeId edge) {
        if (!leaving) {
            mesh.execute(() -> edges.gone(edge));
        }
    }

    @Override
    public boolean owns(JobId job) {
        return seen.owns(job.value());
    }

    @Override
    public CompletionStage<JobRecord> create(JobRecord job) {
        return persistence
                .until(again -> onTwoCores(job.id(), jobs.submitToKey(job.id().value(), new CreateJob(job))))
                .whenComplete((created, failed) -> {
                    if (failed == null) {
                        heardJob(created);
                    }
                });
    }

    @Override
    public CompletionStage<Optional<JobRecord>> change(JobId job, JobChange step) {
        return persistence
                .until(again -> {
                    CompletionStage<Optional<JobRecord>> changed =
                            jobs.submitToKey(job.value(), new ChangeJob(step, again));
                    return step instanceof JobChange.Claim ? changed : onTwoCores(job, changed);
                })
                .whenComplete((changed, failed) -> {
                    if (failed == null) {
                        changed.ifPresent(this::heardJob);
                    }
                });
    }

    private <T> CompletionStage<T> onTwoCores(JobId job, CompletionStage<T> write) {
        return write.thenApply(written -> {
            copies.require(job.value());
            return written;
        });
    }

    @Override
    public CompletionStage<Conduct> judge(NodeId worker, Judgement judgement) {
        return persistence.until(again -> conducts.submitToKey(worker.value(), new Judge(judgement)));
    }

    @Override
    public Optional<Conduct> conduct(NodeId worker) {
        return heardConducts.get(worker);
    }

    @Override
    public Collection<Conduct> conducts() {
        return heardConducts.all();
    }

    @Override
    public Optional<JobRecord> job(JobId job) {
        return heardJobs.get(job);
    }

    @Override
    public Collection<JobRecord> jobs() {
        return heardJobs.all();
    }

    @Override
    public void publish(JobProgress said) {
        progress.setAsync(said.job().value(), said)
                .whenCompleteAsync(
                        (nothing, failed) -> {
                            if (failed != null) {
                                LOG.debug("progress of job {} was not told: {}", said.job(), failed.getMessage());
                            }
                        },
                        mesh);
    }

    @Override
    public Optional<JobProgress> progress(JobId job) {
        return heardProgress.get(job);
    }

    @Override
    public CompletionStage<Void> keep(JobId job, int epoch, Map<Integer, byte[]> toKeep) {
        return segments.keep(job, epoch, toKeep);
    }

    @Override
    public CompletionStage<List<Segment>> segments(JobId job) {
        return segments.of(job);
    }

    @Override
    public CompletionStage<Void> dropSegments(JobId job) {
        return segments.drop(job);
    }

    @Override
    public CompletionStage<Void> hold(Collection<BlobId> blobs) {
        Set<String> keys = blobs.stream().map(BlobId::hex).collect(Collectors.toUnmodifiableSet());
        return persistence
                .until(again -> holders.submitToKeys(keys, new AddHolder(self.id())))
                .thenApply(added -> null);
    }

    @Override
    public CompletionStage<Set<NodeId>> holders(BlobId blob) {
        return persistence
                .until(again -> holders.getAsync(blob.hex()))
                .thenApply(known -> known == null ? Set.of() : known);
    }

    @Override
    public void listen(Listener listener) {
        listeners.add(listener);
    }

    @Override
    public void close() {
        leaving = true;
        hazelcast.shutdown();
        mesh.shutdownNow();
        readers.shutdownNow();
    }

    /** Leaves as by {@code kill -9}: nothing moves to others first. */
    void die() {
        leaving = true;
        hazelcast.getLifecycleService().terminate();
        mesh.shutdownNow();
        readers.shutdownNow();
    }
}
