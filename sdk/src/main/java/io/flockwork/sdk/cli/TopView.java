package io.flockwork.sdk.cli;

import io.flockwork.sdk.client.Grid.JobStatus;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobProgress;
import io.flockwork.sdk.model.JobProgress.WorkerShare;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.model.JobState;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.WorkerInfo;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToLongFunction;

/**
 * The grid at one moment, with rates since the moment before.
 *
 * @param unitsPerSecond units that came to an end; absent at the first look
 * @param running jobs that are led, the newest first
 * @param waiting jobs that nobody leads yet
 * @param byWorker what each live worker did for the running jobs, the busiest first
 */
record TopView(
        Instant time,
        int cores,
        int edges,
        long slots,
        OptionalDouble unitsPerSecond,
        List<RunningJob> running,
        int waiting,
        List<BusyWorker> byWorker) {

    /** A job that is led; of one just begun nothing is known yet. */
    record RunningJob(JobRecord record, Optional<JobProgress> progress, OptionalDouble unitsPerSecond) {}

    /**
     * A live worker.
     *
     * @param votes answers that it gave to running jobs
     * @param share of all such answers, from 0 to 1
     */
    record BusyWorker(WorkerInfo worker, long votes, double share, OptionalDouble votesPerSecond) {}

    /** What is needed to tell rates at the next look. */
    record Seen(long nanos, Map<JobId, JobProgress> progress) {}

    static Seen seen(List<JobStatus> jobs, long nanos) {
        Map<JobId, JobProgress> progress = new HashMap<>();
        jobs.forEach(
                job -> job.progress().ifPresent(now -> progress.put(job.record().id(), now)));
        return new Seen(nanos, progress);
    }

    /** @param before the look before this one; empty for the first */
    static TopView of(List<WorkerInfo> workers, List<JobStatus> jobs, Optional<Seen> before, Seen now, Instant time) {
        Rates rates = new Rates(before, now);
        List<RunningJob> running = jobs.stream()
                .filter(job -> job.record().state() == JobState.RUNNING)
                .map(job -> new RunningJob(
                        job.record(), job.progress(), rates.units(job.record().id())))
                .toList();
        int cores = (int) workers.stream().filter(WorkerInfo::isReachable).count();
        return new TopView(
                time,
                cores,
                workers.size() - cores,
                workers.stream().mapToLong(WorkerInfo::slots).sum(),
                rates.allUnits(),
                running,
                (int) jobs.stream()
                        .filter(job -> job.record().state() == JobState.WAITING)
                        .count(),
                busy(workers, running, rates));
    }

    private static List<BusyWorker> busy(List<WorkerInfo> workers, List<RunningJob> running, Rates rates) {
        Map<NodeId, Long> votes = new HashMap<>();
        running.forEach(job -> job.progress().ifPresent(progress -> progress.workers()
                .forEach(share -> votes.merge(share.worker(), share.votes(), Long::sum))));
        long all = votes.values().stream().mapToLong(Long::longValue).sum();
        Map<NodeId, OptionalDouble> speeds = rates.votes(workers);
        return workers.stream()
                .map(worker -> {
                    long its = votes.getOrDefault(worker.id(), 0L);
                    return new BusyWorker(worker, its, all == 0 ? 0 : (double) its / all, speeds.get(worker.id()));
                })
                .sorted(Comparator.comparingDouble(
                                (BusyWorker worker) -> -worker.votesPerSecond().orElse(0))
                        .thenComparing(worker -> -worker.votes())
                        .thenComparing(worker -> worker.worker().name()))
                .toList();
    }

    /** What changed between two looks. A job that was not there at the first one began from nothing. */
    private record Rates(Optional<Seen> before, Seen now) {
        OptionalDouble units(JobId job) {
            return perSecond(grown(job, Rates::ended));
        }

        OptionalDouble allUnits() {
            return perSecond(now.progress.keySet().stream()
                    .mapToLong(job -> grown(job, Rates::ended))
                    .sum());
        }

        Map<NodeId, OptionalDouble> votes(List<WorkerInfo> workers) {
            Map<NodeId, Long> grown = new HashMap<>();
            now.progress.values().forEach(progress -> progress.workers()
                    .forEach(share -> grown.merge(share.worker(), share.votes(), Long::sum)));
            before.ifPresent(seen -> now.progress.keySet().forEach(job -> shares(seen.progress.get(job))
                    .forEach(share -> grown.merge(share.worker(), -share.votes(), Long::sum))));
            Map<NodeId, OptionalDouble> speeds = new HashMap<>();
            workers.forEach(worker -> speeds.put(worker.id(), perSecond(grown.getOrDefault(worker.id(), 0L))));
            return speeds;
        }

        private static List<WorkerShare> shares(JobProgress progress) {
            return progress == null ? List.of() : progress.workers();
        }

        private static long ended(JobProgress progress) {
            return progress.unitsAccepted() + progress.unitsFailed();
        }

        private long grown(JobId job, ToLongFunction<JobProgress> number) {
            JobProgress then = before.map(seen -> seen.progress.get(job)).orElse(null);
            JobProgress here = now.progress.get(job);
            return here == null ? 0 : number.applyAsLong(here) - (then == null ? 0 : number.applyAsLong(then));
        }

        /** A job that another master has taken over may seem to go back for a moment. */
        private OptionalDouble perSecond(long grown) {
            return before.isEmpty() || now.nanos <= before.get().nanos
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(Math.max(0, grown) * 1e9 / (now.nanos - before.get().nanos));
        }
    }
}
