package io.flockwork.worker.schedule;

import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Span;
import io.flockwork.worker.verify.Quorum;
import io.flockwork.worker.verify.Verdict;
import io.flockwork.worker.verify.Verification;
import io.flockwork.worker.verify.Vote;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Prints what the schedule and the quorum cost: CPU time for 100,000 tiny units, memory for a million open ones. */
final class ScheduleCost {
    private static final List<NodeId> WORKERS = List.of(new NodeId("ann"), new NodeId("ben"), new NodeId("cat"));
    private static final BlobId DIGEST = new BlobId("0123456789abcdef".repeat(4));
    private static final Demand DEMAND = new Demand(2, 1, 0, 10_000);

    private ScheduleCost() {}

    public static void main(String[] args) {
        for (int quorum = 1; quorum <= 2; quorum++) {
            for (int round = 0; round < 10; round++) {
                System.out.printf(
                        Locale.ROOT,
                        "quorum %d: 100,000 units in %.1f ms of CPU%n",
                        quorum,
                        cpu(quorum, 100_000) / 1e6);
            }
        }
        System.out.printf(Locale.ROOT, "a million units, each with one vote of two: %d MB%n", memory() >> 20);
    }

    private static long cpu(int quorum, int units) {
        Schedule schedule = schedule(units, quorum);
        Verification policy = new Quorum(quorum, unit -> Optional.empty());
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        for (long now = 0; !schedule.isFinished(); now += 1_000_000) {
            for (NodeId worker : WORKERS) {
                for (Span unit : schedule.request(now, worker, DEMAND, policy::mayCompute)) {
                    report(schedule, policy, now, worker, unit);
                }
            }
        }
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
    }

    private static void report(Schedule schedule, Verification policy, long now, NodeId worker, Span unit) {
        schedule.voted(now, worker, unit, 5);
        for (Verdict verdict : policy.vote(new Vote(unit, worker, DIGEST, 0))) {
            if (verdict instanceof Verdict.Accepted accepted) {
                schedule.settled(accepted.unit());
            } else if (verdict instanceof Verdict.Wanted wanted) {
                schedule.want(wanted.unit(), wanted.copies());
            }
        }
    }

    private static long memory() {
        long before = used();
        Schedule schedule = schedule(1_000_000, 2);
        Verification policy = new Quorum(2, unit -> Optional.empty());
        NodeId worker = WORKERS.get(0);
        List<Span> units;
        do {
            units = schedule.request(0, worker, DEMAND, policy::mayCompute);
            units.forEach(unit -> report(schedule, policy, 0, worker, unit));
        } while (!units.isEmpty());
        long bytes = used() - before;
        if (schedule.unitsOpen() != 1_000_000 || policy.votes(new Span(0, 1)).size() != 1) {
            throw new IllegalStateException("not a million open units");
        }
        return bytes;
    }

    private static Schedule schedule(long units, int quorum) {
        return new Schedule(List.of(new Span(0, units)), 1, quorum, ScheduleSettings.DEFAULT);
    }

    private static long used() {
        System.gc();
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
