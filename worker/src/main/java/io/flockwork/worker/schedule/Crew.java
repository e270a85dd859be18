package io.flockwork.worker.schedule;

import io.flockwork.sdk.model.NodeId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The workers this job has seen, in the order they came, and what they can do together. */
final class Crew {
    /** A worker nobody has measured yet is taken to be this share as fast as the others. */
    private static final double CAUTION = 0.25;

    private final Map<NodeId, WorkerState> workers = new LinkedHashMap<>();
    private int live;
    private double throughput;
    /** Slots behind that throughput. */
    private long slots;

    /** Never null; a stranger starts as not live. */
    WorkerState get(NodeId id) {
        WorkerState worker = workers.get(id);
        if (worker == null) {
            worker = new WorkerState(id, workers.size());
            workers.put(id, worker);
        }
        return worker;
    }

    /** Null for a stranger. */
    WorkerState find(NodeId id) {
        return workers.get(id);
    }

    Collection<WorkerState> all() {
        return workers.values();
    }

    int live() {
        return live;
    }

    /** Indices a second of all live workers that have been measured. */
    double throughput() {
        return throughput;
    }

    void arrived(WorkerState worker) {
        if (!worker.live) {
            worker.live = true;
            live++;
            count(worker, 1);
        }
    }

    void left(WorkerState worker) {
        if (worker.live) {
            worker.live = false;
            live--;
            count(worker, -1);
        }
    }

    void asked(WorkerState worker, Demand demand) {
        worker.hint = demand.speedHint();
        if (demand.slots() > worker.slots) {
            count(worker, -1);
            worker.slots = demand.slots();
            count(worker, 1);
        }
    }

    /** A worker computed a unit. */
    void computed(WorkerState worker, long indices, double seconds) {
        int sign = worker.live ? 1 : 0;
        count(worker, -sign);
        worker.computed(indices, seconds);
        count(worker, sign);
    }

    /** A worker's oldest unit of so many indices is overdue after so many seconds. */
    void stuck(WorkerState worker, long indices, double seconds) {
        int sign = worker.live ? 1 : 0;
        count(worker, -sign);
        worker.stuck(indices / seconds);
        count(worker, sign);
    }

    /** Indices a second on one slot, averaged over those measured; 0 while there is none. */
    double typicalSpeed() {
        return slots > 0 ? throughput / slots : 0;
    }

    /** Indices a second on one slot: measured, else hinted, else guessed from the others; 0 where nothing is known. */
    double speedOf(WorkerState worker) {
        if (worker.speed.known()) {
            return worker.measuredSpeed();
        }
        return worker.hint > 0 ? worker.hint : CAUTION * typicalSpeed();
    }

    private void count(WorkerState worker, int sign) {
        if (worker.speed.known()) {
            slots += (long) sign * worker.slots;
            throughput = slots == 0 ? 0 : Math.max(0, throughput + sign * worker.throughput());
        }
    }
}
