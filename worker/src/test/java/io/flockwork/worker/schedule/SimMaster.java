package io.flockwork.worker.schedule;

import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The least a master can be around a schedule: counts honest votes, settles, and checks the books. */
final class SimMaster {
    private static final double SECONDS_AHEAD = 2;

    private final Schedule schedule;
    private final int quorum;
    private final boolean logging;
    private final Map<Span, Set<NodeId>> votes = new HashMap<>();
    private final TreeMap<Long, Long> settled = new TreeMap<>();
    private final List<String> log = new ArrayList<>();

    SimMaster(long indices, int quorum, boolean logging) {
        this.schedule = new Schedule(List.of(new Span(0, indices)), 0, quorum, ScheduleSettings.DEFAULT);
        this.quorum = quorum;
        this.logging = logging;
    }

    List<Span> request(long now, SimWorker worker) {
        Demand demand = new Demand(Math.max(1, worker.freeSlots()), SECONDS_AHEAD, 0, 1000);
        List<Span> units = schedule.request(now, worker.id, demand, Eligibility.ANYBODY);
        if (logging) {
            log.add(now + " " + worker.id + " " + units);
        }
        return units;
    }

    void heartbeat(long now, SimWorker worker) {
        List<Span> inHand = new ArrayList<>(worker.computing.keySet());
        inHand.addAll(worker.queue);
        schedule.heartbeat(now, worker.id, inHand);
    }

    void lost(SimWorker worker) {
        schedule.lost(worker.id);
    }

    void expire(long now) {
        schedule.expire(now);
    }

    OptionalLong nextChange(long now) {
        return schedule.nextChange(now);
    }

    List<SimWorker> fastestFirst(Set<SimWorker> waiting) {
        Map<NodeId, SimWorker> byId = new LinkedHashMap<>();
        waiting.forEach(worker -> byId.put(worker.id, worker));
        return schedule.fastestFirst(byId.keySet()).stream().map(byId::get).toList();
    }

    boolean hasUnleased() {
        return schedule.hasUnleased();
    }

    boolean finished() {
        return schedule.isFinished();
    }

    /** Counts the vote; where it settles the unit, returns the leases to revoke. */
    List<Lease> voted(long now, SimWorker worker, Span unit, long micros) {
        if (!schedule.voted(now, worker.id, unit, micros)) {
            return List.of();
        }
        Set<NodeId> voters = votes.computeIfAbsent(unit, u -> new TreeSet<>());
        if (!voters.add(worker.id)) {
            throw new IllegalStateException(worker.id + " computed " + unit + " twice");
        }
        if (voters.size() < quorum) {
            return List.of();
        }
        votes.remove(unit);
        if (settled.put(unit.from(), unit.to()) != null) {
            throw new IllegalStateException(unit + " settled twice");
        }
        return schedule.settled(unit);
    }

    /** Number of settled units, after checking that they tile the range from 0 on. */
    int settled() {
        long expected = 0;
        for (Map.Entry<Long, Long> unit : settled.entrySet()) {
            if (unit.getKey() != expected) {
                throw new IllegalStateException("units do not tile the range at " + expected);
            }
            expected = unit.getValue();
        }
        return settled.size();
    }

    List<String> log() {
        return log;
    }
}
