package io.flockwork.worker.mesh;

import com.hazelcast.map.IMap;
import com.hazelcast.query.Predicate;
import com.hazelcast.query.Predicates;
import io.flockwork.sdk.model.JobId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * The progress segments. All those of a job live in one partition, its record's: {@code EPOCH.NUMBER@JOB}.
 *
 * <p>Each is written by an operation of its own, because a batched {@code putAll} answers before its backups have. The
 * writes for one job follow one another, so that a retried old segment never overwrites a newer one.
 */
final class Segments {
    private static final Comparator<Mesh.Segment> BY_EPOCH_THEN_NUMBER =
            Comparator.comparingInt(Mesh.Segment::epoch).thenComparingInt(Mesh.Segment::number);

    private final IMap<String, byte[]> map;
    private final Persistence persistence;
    private final SecondCopies copies;
    private final Executor readers;
    private final ConcurrentMap<JobId, CompletableFuture<Void>> lastWrites = new ConcurrentHashMap<>();

    /** @param readers may block on the network */
    Segments(IMap<String, byte[]> map, Persistence persistence, SecondCopies copies, Executor readers) {
        this.map = map;
        this.persistence = persistence;
        this.copies = copies;
        this.readers = readers;
    }

    CompletionStage<Void> keep(JobId job, int epoch, Map<Integer, byte[]> segments) {
        Map<Integer, byte[]> toKeep = Map.copyOf(segments);
        return afterLastWrite(job, () -> all(toKeep.entrySet().stream()
                        .map(segment -> persistence.until(
                                again -> map.setAsync(key(job, epoch, segment.getKey()), segment.getValue())))
                        .toList())
                .thenCompose(kept -> persistence.until(again -> onTwoCores(job))));
    }

    private CompletionStage<Void> onTwoCores(JobId job) {
        copies.require(job.value());
        return CompletableFuture.completedFuture(null);
    }

    CompletionStage<Void> drop(JobId job) {
        return afterLastWrite(job, () -> keys(job)
                .thenCompose(keys -> all(keys.stream()
                        .map(key -> persistence.until(again -> map.deleteAsync(key)))
                        .toList())));
    }

    CompletionStage<List<Mesh.Segment>> of(JobId job) {
        return persistence.until(again -> CompletableFuture.supplyAsync(() -> read(job), readers));
    }

    private CompletableFuture<Void> afterLastWrite(JobId job, Supplier<CompletableFuture<Void>> write) {
        CompletableFuture<Void> done = lastWrites.compute(job, (same, last) -> {
            CompletableFuture<Void> free = last == null || last.isDone()
                    ? CompletableFuture.completedFuture(null)
                    : last.handle((nothing, failed) -> null);
            return free.thenCompose(nothing -> write.get());
        });
        done.whenComplete((nothing, failed) -> lastWrites.remove(job, done));
        return done;
    }

    private CompletableFuture<Set<String>> keys(JobId job) {
        return persistence.until(again -> CompletableFuture.supplyAsync(() -> map.keySet(in(job)), readers));
    }

    /** Reads twice: only when two readings know the same keys is a missing one truly not there. */
    private List<Mesh.Segment> read(JobId job) {
        Set<String> keys = map.keySet(in(job));
        Set<Map.Entry<String, byte[]>> entries = map.entrySet(in(job));
        List<Mesh.Segment> segments = new ArrayList<>(entries.size());
        for (Map.Entry<String, byte[]> entry : entries) {
            if (!keys.contains(entry.getKey())) {
                throw new Persistence.Unsettled("segments of job " + job + " are on the move");
            }
            segments.add(segment(entry.getKey(), entry.getValue()));
        }
        if (segments.size() != keys.size()) {
            throw new Persistence.Unsettled("segments of job " + job + " are on the move");
        }
        segments.sort(BY_EPOCH_THEN_NUMBER);
        return segments;
    }

    /** Looks into the job's one partition only. */
    private static Predicate<String, byte[]> in(JobId job) {
        return Predicates.partitionPredicate(job.value(), Predicates.like("__key", "%@" + job));
    }

    private static String key(JobId job, int epoch, int number) {
        return epoch + "." + number + "@" + job;
    }

    private static Mesh.Segment segment(String key, byte[] bytes) {
        int dot = key.indexOf('.');
        int at = key.indexOf('@');
        int epoch = Integer.parseInt(key, 0, dot, 10);
        int number = Integer.parseInt(key, dot + 1, at, 10);
        return new Mesh.Segment(epoch, number, bytes);
    }

    private static CompletableFuture<Void> all(List<? extends CompletableFuture<?>> writes) {
        return CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new));
    }
}
