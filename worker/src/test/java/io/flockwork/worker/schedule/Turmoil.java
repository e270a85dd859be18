package io.flockwork.worker.schedule;

import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Span;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A master and six workers that do arbitrary things to a schedule, and keep books of their own to check it by. */
final class Turmoil {
    private static final long INDICES = 100;
    private static final int TRIES = 1000;
    private static final List<NodeId> WORKERS = List.of("ann", "ben", "cat", "dan", "eve", "fay").stream()
            .map(NodeId::new)
            .toList();

    private final int step;
    private final int quorum;
    /** What workers believe to have in hand; may have been taken from them. */
    private final List<Lease> inHand = new ArrayList<>();

    private final Map<Span, Set<NodeId>> voters = new TreeMap<>();
    private final Map<Span, Set<NodeId>> debtors = new TreeMap<>();
    private final TreeMap<Long, Long> settled = new TreeMap<>();
    private final List<String> log = new ArrayList<>();
    private Schedule schedule;
    private long now;

    Turmoil(int step, int quorum) {
        this.step = step;
        this.quorum = quorum;
        this.schedule = new Schedule(List.of(new Span(0, INDICES)), step, quorum, ScheduleSettings.DEFAULT);
    }

    /** One event, chosen by the lowest digits of {@code code}; the others choose whom it happens to. */
    void act(int code) {
        int choice = code / 16;
        NodeId worker = WORKERS.get(choice % WORKERS.size());
        now += 1_000_000L * (code % 1000);
        switch (code % 16) {
            case 0, 1, 2, 3 -> request(worker, 1 + choice % 5);
            case 4, 5, 6, 7, 8 -> vote(choice);
            case 9 -> fail(choice);
            case 10 -> lose(worker);
            case 11 -> check(schedule.expire(now));
            case 12 -> beat(worker, choice);
            case 13 -> now += 3_000_000_000L;
            case 14 -> wantMore(choice);
            default -> changeMaster(choice);
        }
    }

    /** From here on, everybody works without trouble until all is settled. */
    void calmDown() {
        for (int round = 0; !schedule.isFinished(); round++) {
            if (round > 10_000) {
                throw new AssertionError("never ends: " + schedule.indicesLeft() + " indices left");
            }
            now += 1_000_000_000L;
            request(WORKERS.get(round % WORKERS.size()), 3);
            check(schedule.expire(now));
            while (!inHand.isEmpty()) {
                vote(0);
            }
        }
        if (schedule.unitsOpen() != 0 || schedule.leases() != 0 || schedule.unitsRunning() != 0) {
            throw new AssertionError("the sums do not come down to zero");
        }
    }

    void checkTiling() {
        long next = 0;
        for (Map.Entry<Long, Long> unit : settled.entrySet()) {
            if (unit.getKey() != next) {
                throw new AssertionError("no tiling at " + next);
            }
            next = unit.getValue();
        }
        if (next != INDICES) {
            throw new AssertionError("lost from " + next + " on");
        }
    }

    List<String> log() {
        return log;
    }

    private void request(NodeId worker, int slots) {
        List<Span> units = schedule.request(now, worker, new Demand(slots, 1, 0, 10), Eligibility.ANYBODY);
        log.add(worker + " " + units);
        for (Span unit : units) {
            Lease lease = new Lease(unit, worker);
            boolean voted = voters.getOrDefault(unit, Set.of()).contains(worker);
            if (voted || settled.containsKey(unit.from())) {
                throw new AssertionError(lease + " again");
            }
            inHand.remove(lease);
            inHand.add(lease);
            debtors.computeIfAbsent(unit, u -> new LinkedHashSet<>()).add(worker);
        }
    }

    private void vote(int choice) {
        if (inHand.isEmpty()) {
            return;
        }
        Lease lease = inHand.remove(choice % inHand.size());
        long micros = 1 + choice % 3_000_000L;
        if (!schedule.voted(now, lease.worker(), lease.unit(), micros)) {
            return;
        }
        answered(lease);
        Set<NodeId> voted = voters.computeIfAbsent(lease.unit(), u -> new LinkedHashSet<>());
        if (!voted.add(lease.worker())) {
            throw new AssertionError(lease + " voted twice");
        }
        if (voted.size() >= quorum) {
            settle(lease.unit());
        }
    }

    private void answered(Lease lease) {
        debtors.getOrDefault(lease.unit(), new LinkedHashSet<>()).remove(lease.worker());
    }

    private void settle(Span unit) {
        if (settled.put(unit.from(), unit.to()) != null) {
            throw new AssertionError(unit + " settled twice");
        }
        List<Lease> revoked = schedule.settled(unit);
        check(revoked);
        inHand.removeAll(revoked);
    }

    private void fail(int choice) {
        if (!inHand.isEmpty()) {
            Lease lease = inHand.remove(choice % inHand.size());
            schedule.failed(now, lease.worker(), lease.unit(), TRIES);
            answered(lease);
        }
    }

    private void lose(NodeId worker) {
        check(schedule.lost(worker));
        inHand.removeIf(lease -> lease.worker().equals(worker));
    }

    private void beat(NodeId worker, int choice) {
        if (choice % 3 == 0) {
            inHand.removeIf(lease -> lease.worker().equals(worker));
        }
        check(schedule.heartbeat(now, worker, unitsOf(worker)));
    }

    private void wantMore(int choice) {
        if (!voters.isEmpty()) {
            List<Span> units = List.copyOf(voters.keySet());
            Span unit = units.get(choice % units.size());
            schedule.want(unit, quorum - voters.get(unit).size() + choice % 3);
        }
    }

    /** A new master knows what was settled and who voted; who has what on lease it knows, or has just missed to hear. */
    private void changeMaster(int choice) {
        TreeMap<Long, Long> known = new TreeMap<>(settled);
        if (choice % 2 != 0) {
            debtors.clear();
        }
        Set<Span> units = new LinkedHashSet<>(voters.keySet());
        units.addAll(debtors.keySet());
        units.forEach(unit -> known.put(unit.from(), unit.to()));
        schedule = new Schedule(gaps(known), step, quorum, ScheduleSettings.DEFAULT);
        units.removeIf(unit -> settled.containsKey(unit.from()));
        units.forEach(unit -> {
            Set<NodeId> voted = voters.getOrDefault(unit, Set.of());
            schedule.restore(unit, quorum - voted.size(), voted, debtors.getOrDefault(unit, Set.of()), 0);
        });
        inHand.removeIf(lease -> !schedule.owes(lease.worker(), lease.unit()));
    }

    private static List<Span> gaps(TreeMap<Long, Long> known) {
        List<Span> gaps = new ArrayList<>();
        long next = 0;
        for (Map.Entry<Long, Long> unit : known.entrySet()) {
            if (next < unit.getKey()) {
                gaps.add(new Span(next, unit.getKey()));
            }
            next = unit.getValue();
        }
        if (next < INDICES) {
            gaps.add(new Span(next, INDICES));
        }
        return gaps;
    }

    private List<Span> unitsOf(NodeId worker) {
        return inHand.stream()
                .filter(l -> l.worker().equals(worker))
                .map(Lease::unit)
                .toList();
    }

    private void check(List<Lease> ended) {
        log.add("ended " + ended);
        if (new LinkedHashSet<>(ended).size() != ended.size()) {
            throw new AssertionError("a lease ended twice: " + ended);
        }
    }
}
