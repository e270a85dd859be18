package io.flockwork.worker.master;

import io.flockwork.sdk.model.JobProgress.WorkerShare;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Span;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts for people: how much is done, and by whom. Confined to the master's loop. */
final class Tally {
    private static final long HOPELESS_FAILURES = 100;

    /** What one worker did. */
    private static final class Share {
        private String name = "";
        private long votes;
        private long outvoted;
        private long failures;
    }

    private record Lie(NodeId worker, Span unit) {}

    private final Map<NodeId, Share> shares = new TreeMap<>();
    private final Set<Lie> lies = new HashSet<>();
    private long indicesDone;
    private long accepted;
    private long failed;
    private long votes;

    void voted(NodeId worker) {
        share(worker).votes++;
        votes++;
    }

    /** The worker's answer to this unit was wrong; may be said twice. */
    void outvoted(NodeId worker, Span unit) {
        if (lies.add(new Lie(worker, unit))) {
            share(worker).outvoted++;
        }
    }

    void failedTry(NodeId worker) {
        share(worker).failures++;
    }

    /** A unit has settled. */
    void settled(UnitRecord unit) {
        indicesDone += unit.span.size();
        if (unit.state() == UnitRecord.State.FAILED) {
            failed++;
        } else {
            accepted++;
        }
    }

    /** An accepted unit has no result after all. */
    void withdrawn(UnitRecord unit) {
        indicesDone -= unit.span.size();
        accepted--;
    }

    long indicesDone() {
        return indicesDone;
    }

    /** True when so many units have failed that going on would waste the volunteers' time. */
    boolean isHopeless() {
        return failed >= HOPELESS_FAILURES && failed > accepted;
    }

    long accepted() {
        return accepted;
    }

    long failed() {
        return failed;
    }

    long votes() {
        return votes;
    }

    /** Workers that ever had to do with the job. */
    int workers() {
        return shares.size();
    }

    /** The worker calls itself so. */
    void named(NodeId worker, String name) {
        share(worker).name = name;
    }

    List<WorkerShare> shares() {
        return shares.entrySet().stream()
                .map(entry -> shown(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static WorkerShare shown(NodeId worker, Share share) {
        String name = share.name.isEmpty() ? worker.value() : share.name;
        return new WorkerShare(worker, name, share.votes, share.outvoted, share.failures);
    }

    private Share share(NodeId worker) {
        return shares.computeIfAbsent(worker, id -> new Share());
    }
}
