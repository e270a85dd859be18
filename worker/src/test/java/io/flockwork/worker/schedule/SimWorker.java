package io.flockwork.worker.schedule;

import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Span;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** A simulated machine: slots that compute its queue of units. */
final class SimWorker {
    final int place;
    final NodeId id;
    final double speed;
    final int slots;
    final ArrayDeque<Span> queue = new ArrayDeque<>();
    /** Units being computed, each with a number that tells a revoked try from a later one. */
    final Map<Span, Long> computing = new LinkedHashMap<>();

    boolean present = true;
    boolean asking;

    SimWorker(int place, Random random) {
        this.place = place;
        this.id = new NodeId(JobId.random(random).value());
        this.speed = 1e6 * Math.pow(Scenario.SPREAD, random.nextDouble());
        this.slots = 1 + random.nextInt(Scenario.MOST_SLOTS);
    }

    int freeSlots() {
        return slots - computing.size() - queue.size();
    }
}
