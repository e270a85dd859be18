package io.flockwork.worker.gateway;

import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.WorkerInfo;
import io.flockwork.sdk.wire.ClientMessage.Status;
import io.flockwork.sdk.wire.WorkerMessage;
import io.flockwork.sdk.wire.WorkerMessage.Cores;
import io.flockwork.sdk.wire.WorkerMessage.Directory;
import io.flockwork.worker.master.JobBoard;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Passes news of the grid's jobs on to the sockets that want it. Safe for use by many threads. */
final class Bulletin {
    private final JobBoard board;
    private final Set<Consumer<WorkerMessage>> workers = ConcurrentHashMap.newKeySet();
    private final Map<JobId, Set<Consumer<Status>>> watchers = new ConcurrentHashMap<>();
    private Directory last = new Directory(List.of());
    private Cores lastCores = new Cores(List.of());

    Bulletin(JobBoard board) {
        this.board = board;
        board.listen(this::tellWatchers, this::tellWorkers);
    }

    /** Tells this worker the cores and the directory, now and at each change, the newest last. */
    synchronized void addWorker(Consumer<WorkerMessage> worker) {
        workers.add(worker);
        worker.accept(cores());
        worker.accept(new Directory(board.notices()));
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
            workers.forEach(worker -> worker.accept(cores));
        }
        Directory now = new Directory(board.notices());
        if (!now.equals(last)) {
            last = now;
            workers.forEach(worker -> worker.accept(now));
        }
    }
}
