package io.flockwork.worker.gateway;

import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.wire.ClientMessage.Status;
import io.flockwork.sdk.wire.WorkerMessage.Directory;
import io.flockwork.worker.master.JobBoard;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Passes news of the grid's jobs on to the sockets that want it. Safe for use by many threads. */
final class Bulletin {
    private final JobBoard board;
    private final Set<Consumer<Directory>> workers = ConcurrentHashMap.newKeySet();
    private final Map<JobId, Set<Consumer<Status>>> watchers = new ConcurrentHashMap<>();
    private Directory last = new Directory(List.of());

    Bulletin(JobBoard board) {
        this.board = board;
        board.listen(this::tellWatchers, this::tellWorkers);
    }

    /** Tells this worker the directory, now and at each change, the newest last. */
    synchronized void addWorker(Consumer<Directory> worker) {
        workers.add(worker);
        worker.accept(new Directory(board.notices()));
    }

    void removeWorker(Consumer<Directory> worker) {
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

    private synchronized void tellWorkers() {
        Directory now = new Directory(board.notices());
        if (!now.equals(last)) {
            last = now;
            workers.forEach(worker -> worker.accept(now));
        }
    }
}
