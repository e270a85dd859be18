package io.flockwork.worker.schedule;

import io.flockwork.sdk.model.Span;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;

/**
 * One job on a grid of simulated volunteers, in virtual time: the schedule under test with a minimal master around it.
 * Workers ask when slots are free, wait at the master when there is nothing, vanish (half of them without a word) and are
 * replaced by others of another speed.
 */
final class Simulation {
    /**
     * @param seconds when the last unit was settled
     * @param bound when the workers present would have been done with no loss at all
     * @param computed cost of all results that came, over the cost of those needed
     */
    record Outcome(double seconds, double bound, int units, double computed, List<String> log) {
        double ratio() {
            return seconds / bound;
        }
    }

    private static final double HEARTBEAT = 3;
    private static final double HANGUP_NOTICED = 0.5;

    private final Scenario scenario;
    private final Random random;
    private final EventQueue events = new EventQueue();
    private final SimMaster master;
    private final List<SimWorker> places = new ArrayList<>();
    private final Set<SimWorker> waiting = new LinkedHashSet<>();
    private final long indices;
    private long tries;
    private double computed;
    /** Capacity of the workers present, and how much of it there has been so far. */
    private double capacity;

    private double offered;
    private double offeredAt;
    private double bound = -1;
    private long alarm = Long.MAX_VALUE;

    Simulation(Scenario scenario, boolean logging) {
        this.scenario = scenario;
        this.random = new Random(scenario.seed());
        this.indices = scenario.indices();
        this.master = new SimMaster(indices, scenario.quorum(), logging);
    }

    Outcome run() {
        for (int place = 0; place < scenario.workers(); place++) {
            places.add(null);
            come(place);
        }
        while (!master.finished()) {
            if (!events.step()) {
                throw new IllegalStateException("nothing happens any more, yet the job is not done");
            }
        }
        offer();
        double end = events.now();
        double ideal = bound >= 0 ? bound : end;
        return new Outcome(end, ideal, master.settled(), computed / needed(), master.log());
    }

    private double needed() {
        return (double) indices * scenario.quorum();
    }

    private void come(int place) {
        SimWorker worker = new SimWorker(place, random);
        places.set(place, worker);
        offer();
        capacity += worker.speed * worker.slots;
        ask(worker);
        events.in(HEARTBEAT * random.nextDouble(), () -> beat(worker));
        if (scenario.stay() > 0) {
            events.in(exponential(scenario.stay()), () -> vanish(worker));
        }
    }

    private void vanish(SimWorker worker) {
        offer();
        capacity -= worker.speed * worker.slots;
        worker.present = false;
        waiting.remove(worker);
        boolean hangsUp = random.nextBoolean();
        events.in(exponential(scenario.away()), () -> come(worker.place));
        if (hangsUp) {
            events.in(HANGUP_NOTICED, () -> {
                master.lost(worker);
                serveWaiting();
            });
        }
    }

    /** Brings the bound up to date: the moment when enough capacity had been offered for all the work. */
    private void offer() {
        double before = offered;
        offered += capacity * (events.now() - offeredAt);
        if (bound < 0 && offered >= needed()) {
            bound = offeredAt + (needed() - before) / capacity;
        }
        offeredAt = events.now();
    }

    private void beat(SimWorker worker) {
        if (worker.present) {
            events.in(Scenario.LATENCY, () -> master.heartbeat(events.nanos(), worker));
            events.in(HEARTBEAT, () -> beat(worker));
        }
    }

    private void ask(SimWorker worker) {
        if (!worker.asking && worker.freeSlots() > 0) {
            worker.asking = true;
            events.in(Scenario.LATENCY, () -> serve(worker));
        }
    }

    private void serve(SimWorker worker) {
        if (!worker.present) {
            return;
        }
        List<Span> units = master.request(events.nanos(), worker);
        if (units.isEmpty()) {
            waiting.add(worker);
        } else {
            waiting.remove(worker);
            events.in(Scenario.LATENCY, () -> take(worker, units));
        }
        setAlarm();
    }

    private void take(SimWorker worker, List<Span> units) {
        worker.asking = false;
        worker.queue.addAll(units);
        compute(worker);
    }

    private void compute(SimWorker worker) {
        while (worker.computing.size() < worker.slots && !worker.queue.isEmpty()) {
            Span unit = worker.queue.poll();
            long number = tries++;
            worker.computing.put(unit, number);
            double seconds = scenario.terrain().cost(unit, indices) / worker.speed * (0.9 + 0.2 * random.nextDouble());
            events.in(seconds, () -> done(worker, unit, number, seconds));
        }
        ask(worker);
    }

    private void done(SimWorker worker, Span unit, long number, double seconds) {
        if (worker.present && worker.computing.remove(unit, number)) {
            events.in(Scenario.LATENCY, () -> report(worker, unit, seconds));
            compute(worker);
        }
    }

    private void report(SimWorker worker, Span unit, double seconds) {
        computed += scenario.terrain().cost(unit, indices);
        for (Lease revoked : master.voted(events.nanos(), worker, unit, (long) (seconds * 1e6))) {
            places.stream().filter(w -> w.id.equals(revoked.worker())).forEach(w -> revoke(w, unit));
        }
        if (master.hasUnleased()) {
            serveWaiting();
        }
    }

    private void revoke(SimWorker worker, Span unit) {
        events.in(Scenario.LATENCY, () -> {
            worker.queue.remove(unit);
            worker.computing.remove(unit);
            compute(worker);
        });
    }

    private void serveWaiting() {
        master.fastestFirst(waiting).forEach(this::serve);
    }

    private void setAlarm() {
        OptionalLong next = master.nextChange(events.nanos());
        if (next.isPresent() && next.getAsLong() < alarm) {
            alarm = next.getAsLong();
            events.in(Math.max(0, (alarm - events.nanos()) / 1e9) + 1e-6, this::alarmRings);
        }
    }

    private void alarmRings() {
        alarm = Long.MAX_VALUE;
        master.expire(events.nanos());
        serveWaiting();
        setAlarm();
    }

    private double exponential(double mean) {
        return -mean * Math.log(1 - random.nextDouble());
    }
}
