package io.flockwork.worker.api;

import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobProgress;
import io.flockwork.sdk.model.NodeId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How fast the grid works, measured from what its masters say, and how fast it did in the last hour. Told the time; safe for use by many
 * threads.
 */
final class Pulse {
    /** Between two samples of the history. */
    static final int STEP_SECONDS = 5;

    private static final int MOST_SAMPLES = 720;
    /** Rates are of about so many seconds. */
    private static final double WINDOW = 5;

    private static final double MILLIS = 1_000;
    private static final double LEAST = 0.001;

    private final Map<JobId, Counts> counted = new HashMap<>();
    private final Map<NodeId, Rate> workers = new HashMap<>();
    private final Deque<Sample> history = new ArrayDeque<>();
    private double unitsPerSecond;
    private double votesPerSecond;
    private long measuredMillis;

    /** One moment of the grid. */
    record Sample(
            long timeMillis, double unitsPerSecond, double votesPerSecond, int workers, int running, long contested) {}

    private static final Counts NONE = new Counts(0, 0);

    private record Counts(long units, long votes) {}

    private static final class Rate {
        private long votes;
        private double perSecond;
        private long seenMillis;
    }

    /**
     * Takes in how far the jobs are, those too that have ended; to be called about each second.
     *
     * @param fresh jobs that were not there at the last beat
     */
    synchronized void beat(long nowMillis, Collection<JobProgress> jobs, Set<JobId> fresh) {
        double seconds = (nowMillis - measuredMillis) / MILLIS;
        if (measuredMillis == 0 || seconds <= 0) {
            seconds = WINDOW;
        }
        measuredMillis = nowMillis;
        long units = 0;
        long votes = 0;
        Map<NodeId, Long> byWorker = new HashMap<>();
        Map<JobId, Counts> now = new HashMap<>();
        for (JobProgress job : jobs) {
            Counts counts = new Counts(job.unitsAccepted() + job.unitsFailed(), job.votes());
            Counts before = counted.getOrDefault(job.job(), fresh.contains(job.job()) ? NONE : counts);
            units += Math.max(0, counts.units() - before.units());
            votes += Math.max(0, counts.votes() - before.votes());
            now.put(job.job(), counts);
            if (!job.state().ended()) {
                job.workers().forEach(share -> byWorker.merge(share.worker(), share.votes(), Long::sum));
            }
        }
        counted.clear();
        counted.putAll(now);
        double weight = 1 - Math.exp(-seconds / WINDOW);
        unitsPerSecond += weight * (units / seconds - unitsPerSecond);
        votesPerSecond += weight * (votes / seconds - votesPerSecond);
        measureWorkers(nowMillis, byWorker, seconds, weight);
    }

    private void measureWorkers(long nowMillis, Map<NodeId, Long> votes, double seconds, double weight) {
        workers.keySet().retainAll(votes.keySet());
        votes.forEach((worker, count) -> {
            Rate rate = workers.get(worker);
            if (rate == null) {
                rate = new Rate();
                rate.votes = count;
                rate.seenMillis = nowMillis;
                workers.put(worker, rate);
            }
            long more = Math.max(0, count - rate.votes);
            rate.perSecond += weight * (more / seconds - rate.perSecond);
            rate.seenMillis = more > 0 ? nowMillis : rate.seenMillis;
            rate.votes = count;
        });
    }

    /** Adds this moment to the history. */
    synchronized void remember(long nowMillis, int workerCount, int running, long contested) {
        history.addLast(
                new Sample(nowMillis, shown(unitsPerSecond), shown(votesPerSecond), workerCount, running, contested));
        if (history.size() > MOST_SAMPLES) {
            history.removeFirst();
        }
    }

    /** What is left of a rate that fades is nothing. */
    private static double shown(double rate) {
        return rate < LEAST ? 0 : rate;
    }

    /** The oldest first. */
    synchronized List<Sample> history() {
        return new ArrayList<>(history);
    }

    synchronized double unitsPerSecond() {
        return shown(unitsPerSecond);
    }

    synchronized double votesPerSecond() {
        return shown(votesPerSecond);
    }

    /** Of running jobs; 0 of a worker that does nothing for them. */
    synchronized double votesPerSecond(NodeId worker) {
        Rate rate = workers.get(worker);
        return rate == null ? 0 : shown(rate.perSecond);
    }

    /** The worker's answers in the running jobs. */
    synchronized long votes(NodeId worker) {
        Rate rate = workers.get(worker);
        return rate == null ? 0 : rate.votes;
    }

    /** When the worker's last answer came, or 0. */
    synchronized long lastVoteMillis(NodeId worker) {
        Rate rate = workers.get(worker);
        return rate == null ? 0 : rate.seenMillis;
    }
}
