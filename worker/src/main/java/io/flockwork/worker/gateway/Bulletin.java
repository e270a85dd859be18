package io.flockwork.worker.gateway;

import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.WorkerInfo;
import io.flockwork.sdk.wire.ClientMessage.Status;
import io.flockwork.sdk.wire.WorkerMessage;
import io.flockwork.sdk.wire.WorkerMessage.Cores;
import io.flockwork.sdk.wire.WorkerMessage.Directory;
import io.flockwork.sdk.wire.WorkerMessage.Judged;
import io.flockwork.worker.master.JobBoard;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Passes news of the grid's jobs on to the sockets that want it. Safe for use by many threads. */
final class Bulletin {
    private final JobBoard board;
    private final Map<Consumer<WorkerMessage>, NodeId> workers = new ConcurrentHashMap<>();
    private final Map<JobId, Set<Consumer<Status>>> watchers = new ConcurrentHashMap<>();
    private Directory last = new Directory(List.of());
    private Cores lastCores = new Cores(List.of());

    Bulletin(JobBoard board) {
        this.board = board;
        board.listen(this::tellWatchers, this::tellWorkers, this::tellJudged);
    }

    /** Tells this worker the cores and the directory, now and at each change, the newest last. */
    synchronized void addWorker(NodeId id, Consumer<WorkerMessage> worker) {
        workers.put(worker, id);
        worker.accept(cores());
        worker.accept(new Directory(board.notices()));
        conductOf(id).ifPresent(worker);
    }

    void removeWorker(Consumer<WorkerMessage> worker) {
        workers.remove(worker);
    }

    /** Tells this watcher of each change of the job. */
    void watch(JobId job, Consumer<Status> watcher) {
        watchers.compute(job, (id, those) -> {
            Set<Consumer<Status>> all = those == null ? ConcurrentHashMap.newKeySet() : those;
            all.add(watcher);
            return all;
        });
    }

    void unwatch(JobId job, Consumer<Status> watcher) {
        watchers.computeIfPresent(job, (id, those) -> {
            those.remove(watcher);
            return those.isEmpty() ? null : those;
        });
    }

    private void tellWatchers(Status status) {
        watchers.getOrDefault(status.record().id(), Set.of()).forEach(watcher -> watcher.accept(status));
        if (status.record().state().ended()) {
            tellStruck(status.record().id());
        }
    }

    /** What was accepted in a job is told when the job has ended. */
    private void tellStruck(JobId job) {
        workers.forEach((news, id) -> conductOf(id)
                .filter(told -> told.conduct().strikes().stream()
                        .anyMatch(strike -> strike.job().equals(job)))
                .ifPresent(news));
    }

    private void tellJudged(NodeId worker) {
        workers.forEach((news, id) -> {
            if (id.equals(worker)) {
                conductOf(id).ifPresent(news);
            }
        });
    }

    /** What a worker is told of its answers: nothing, as long as all was well. */
    private Optional<Judged> conductOf(NodeId worker) {
        return board.conduct(worker).filter(known -> known.outvoted() > 0).map(Judged::new);
    }

    private Cores cores() {
        return new Cores(board.cores().stream()
                .map(WorkerInfo::gateway)
                .sorted(Comparator.comparing(Address::toString))
                .distinct()
                .limit(WorkerMessage.MAX_CORES)
                .toList());
    }

    private synchronized void tellWorkers() {
        Cores cores = cores();
        if (!cores.equals(lastCores)) {
            lastCores = cores;
            workers.keySet().forEach(worker -> worker.accept(cores));
        }
        Directory now = new Directory(board.notices());
        if (!now.equals(last)) {
            last = now;
            workers.keySet().forEach(worker -> worker.accept(now));
        }
    }
}
