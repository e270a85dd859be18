package io.flockwork.worker.mesh;

import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import com.hazelcast.map.IMap;
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
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
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
    private final Listeners listeners = new Listeners();
    private final JobRecords records;
    private final Segments segments;
    private final Conducts conducts;
    private final IMap<String, Set<NodeId>> holders;
    private final Edges edges;
    private final CoresSeen seen;

    private volatile boolean leaving;

    private HazelcastMesh(MeshSettings settings, HazelcastInstance hazelcast, List<String> others) {
        this.self = settings.self();
        this.hazelcast = hazelcast;
        this.others = others;
        this.mesh = Executors.newSingleThreadScheduledExecutor(daemon("mesh-" + self.name()));
        this.readers = Executors.newFixedThreadPool(READERS, daemon("mesh-read-" + self.name()));
        this.persistence = new Persistence(mesh);
        SecondCopies copies = new SecondCopies(hazelcast);
        this.records = new JobRecords(hazelcast, persistence, copies, mesh, readers, listeners);
        this.segments = new Segments(hazelcast.getMap(MeshConfig.SEGMENTS), persistence, copies, readers);
        this.conducts = new Conducts(hazelcast.getMap(MeshConfig.CONDUCTS), persistence, listeners);
        this.holders = hazelcast.getMap(MeshConfig.HOLDERS);
        this.seen = new CoresSeen(hazelcast);
        this.edges = new Edges(hazelcast.getReplicatedMap(MeshConfig.EDGES), self.id());
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
        seen.look();
        records.hearEverything();
        conducts.hearEverything(mesh);
        mesh.scheduleWithFixedDelay(edges::sayAgain, Edges.SAY_SECONDS, Edges.SAY_SECONDS, TimeUnit.SECONDS);
        mesh.scheduleWithFixedDelay(
                this::checkOwnership, OWNERSHIP_CHECK_MILLIS, OWNERSHIP_CHECK_MILLIS, TimeUnit.MILLISECONDS);
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
        listeners.tell(Listener::coresChanged);
        if (!leaving) {
            records.readAgain();
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
        return records.create(job);
    }

    @Override
    public CompletionStage<Optional<JobRecord>> change(JobId job, JobChange step) {
        return records.change(job, step);
    }

    @Override
    public CompletionStage<Conduct> judge(NodeId worker, Judgement judgement) {
        return conducts.judge(worker, judgement);
    }

    @Override
    public Optional<Conduct> conduct(NodeId worker) {
        return conducts.heard().get(worker);
    }

    @Override
    public Collection<Conduct> conducts() {
        return conducts.heard().all();
    }

    @Override
    public Optional<JobRecord> job(JobId job) {
        return records.jobs().get(job);
    }

    @Override
    public Collection<JobRecord> jobs() {
        return records.jobs().all();
    }

    @Override
    public void publish(JobProgress said) {
        records.publish(said);
    }

    @Override
    public Optional<JobProgress> progress(JobId job) {
        return records.progress().get(job);
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
    public void forget(JobId job) {
        records.forgetHeard(job);
        if (owns(job)) {
            segments.drop(job).thenCompose(dropped -> records.forget(job)).whenComplete((gone, failed) -> {
                if (failed != null && !leaving) {
                    LOG.warn("job {} was not forgotten: {}", job, failed.getMessage());
                }
            });
        }
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
