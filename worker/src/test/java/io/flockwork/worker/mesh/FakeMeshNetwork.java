package io.flockwork.worker.mesh;

import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.Conduct;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobProgress;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.WorkerInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What {@link FakeMesh}es of one test share. Everything happens in tasks on one executor, one after the other: pass one
 * that runs tasks when the test says so, and the mesh is deterministic.
 */
public final class FakeMeshNetwork {
    final Map<String, WorkerInfo> edges = new ConcurrentHashMap<>();

    private final Executor executor;
    private final List<FakeMesh> cores = new ArrayList<>();
    private final Set<FakeMesh> cut = new HashSet<>();
    private final Map<FakeMesh, List<Runnable>> waiting = new HashMap<>();

    final Map<JobId, JobRecord> jobs = new HashMap<>();
    final Map<JobId, JobProgress> progress = new HashMap<>();
    final Map<JobId, TreeMap<SegmentKey, byte[]>> segments = new HashMap<>();
    final Map<BlobId, Set<NodeId>> holders = new HashMap<>();
    final Map<NodeId, Conduct> conducts = new HashMap<>();

    record SegmentKey(int epoch, int number) implements Comparable<SegmentKey> {
        private static final Comparator<SegmentKey> ORDER =
                Comparator.comparingInt(SegmentKey::epoch).thenComparingInt(SegmentKey::number);

        @Override
        public int compareTo(SegmentKey other) {
            return ORDER.compare(this, other);
        }
    }

    /** @param executor runs one task at a time */
    public FakeMeshNetwork(Executor executor) {
        this.executor = executor;
    }

    /** A new core. */
    public synchronized FakeMesh join(WorkerInfo core) {
        FakeMesh joined = new FakeMesh(this, core);
        cores.add(joined);
        jobs.values().forEach(joined::hearJob);
        progress.values().forEach(joined::hearProgress);
        membersChanged();
        return joined;
    }

    /** The core dies; what it has not heard or said by now, nobody hears. */
    public synchronized void kill(FakeMesh core) {
        cores.remove(core);
        cut.remove(core);
        waiting.remove(core);
        core.die();
        membersChanged();
    }

    /** Nobody hears the core, nor it anybody, until {@link #heal}; what it does meanwhile waits. */
    public synchronized void cut(FakeMesh core) {
        cut.add(core);
        membersChanged();
    }

    /** The core is back, hears what it missed, and what it did meanwhile happens now. */
    public synchronized void heal(FakeMesh core) {
        cut.remove(core);
        membersChanged();
        jobs.values().forEach(job -> later(() -> core.hearJob(job)));
        progress.values().forEach(said -> later(() -> core.hearProgress(said)));
        List<Runnable> missed = waiting.remove(core);
        if (missed != null) {
            missed.forEach(this::later);
        }
    }

    synchronized List<WorkerInfo> seenBy(FakeMesh core) {
        if (cut.contains(core)) {
            return List.of(core.info());
        }
        return cores.stream()
                .filter(other -> !cut.contains(other))
                .map(FakeMesh::info)
                .toList();
    }

    /** The same core for all who see the same cores, and no other than it must be when one of them goes. */
    static NodeId owner(JobId job, List<WorkerInfo> cores) {
        return cores.stream()
                .map(WorkerInfo::id)
                .max(Comparator.comparingInt((NodeId id) -> scrambled(job.hashCode() * 31 + id.hashCode()))
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
    }

    private static int scrambled(int hash) {
        int mixed = (hash ^ hash >>> 16) * 0x7feb352d;
        return (mixed ^ mixed >>> 15) * 0x846ca68b;
    }

    synchronized <T> CompletableFuture<T> ask(FakeMesh core, Supplier<T> operation) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Runnable task = () -> {
            T value;
            synchronized (this) {
                if (!cores.contains(core)) {
                    return;
                }
                value = operation.get();
            }
            answer.complete(value);
        };
        if (cut.contains(core)) {
            waiting.computeIfAbsent(core, none -> new ArrayList<>()).add(task);
        } else {
            later(task);
        }
        return answer;
    }

    /** To every core that can hear. */
    synchronized void tell(Consumer<FakeMesh> news) {
        for (FakeMesh core : cores) {
            if (!cut.contains(core)) {
                later(() -> news.accept(core));
            }
        }
    }

    synchronized <K, V> V update(Map<K, V> map, K key, Function<V, V> change) {
        return map.compute(key, (same, known) -> change.apply(known));
    }

    private void membersChanged() {
        for (FakeMesh core : cores) {
            core.see(seenBy(core));
            later(core::tellCoresChanged);
        }
    }

    private void later(Runnable task) {
        executor.execute(task);
    }
}
