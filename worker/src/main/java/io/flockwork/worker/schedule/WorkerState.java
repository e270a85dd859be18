package io.flockwork.worker.schedule;

import io.flockwork.sdk.model.NodeId;

/** What the schedule knows of a worker: its speed, and the units it holds, oldest first. */
final class WorkerState {
    private static final int GROWTH = 8;
    private static final int RAMP = 4;
    /** A result that takes less of what it may says nothing of larger units: it may be as long whatever the unit's size. */
    private static final double LEAST_TELLING_SHARE = 1.0 / 64;
    /** What a carved unit's result should take of what it may. */
    private static final double WISHED_SHARE = 0.25;

    final NodeId id;
    final int number;
    final Speed speed = new Speed();
    boolean live;
    int slots = 1;
    double hint;
    /** Indices of the units held. */
    double backlog;

    int held;
    Copy firstHeld;
    private Copy lastHeld;

    /** No lease of this worker ends for lack of heartbeats before. */
    long deadlineNanos = Long.MAX_VALUE;

    long heardNanos;
    /** In {@link WantedQueue}, nothing before this seat is for this worker. */
    long seat;
    /** The largest unit it has computed, times {@value #GROWTH}. */
    private double reach;

    /** Indices whose result would be as long as it may, by the fullest so far. */
    private double indicesToFill = Double.MAX_VALUE;

    private int ramp;
    private double ceiling = Double.MAX_VALUE;

    WorkerState(NodeId id, int number) {
        this.id = id;
        this.number = number;
    }

    void hold(Copy copy) {
        copy.heldBefore = lastHeld;
        copy.heldAfter = null;
        if (lastHeld == null) {
            firstHeld = copy;
        } else {
            lastHeld.heldAfter = copy;
        }
        lastHeld = copy;
        held++;
        backlog += copy.unit.size();
    }

    void drop(Copy copy) {
        if (copy.heldBefore == null) {
            firstHeld = copy.heldAfter;
        } else {
            copy.heldBefore.heldAfter = copy.heldAfter;
        }
        if (copy.heldAfter == null) {
            lastHeld = copy.heldBefore;
        } else {
            copy.heldAfter.heldBefore = copy.heldBefore;
        }
        copy.heldBefore = null;
        copy.heldAfter = null;
        backlog = --held == 0 ? 0 : backlog - copy.unit.size();
        deadlineNanos = held == 0 ? Long.MAX_VALUE : deadlineNanos;
    }

    void computed(long indices, double seconds) {
        speed.saw(indices, seconds);
        ceiling = Double.MAX_VALUE;
        reach = Math.max(reach, (double) indices * GROWTH);
    }

    /** The result of a unit took this share of what it may. */
    void printed(long indices, double share) {
        if (share >= LEAST_TELLING_SHARE) {
            indicesToFill = Math.min(indicesToFill, indices / share);
        }
    }

    /** Its oldest unit is overdue: it cannot be faster than that unit shows, whatever cheaper ones said. */
    void stuck(double indicesPerSecond) {
        ceiling = indicesPerSecond;
    }

    /** Indices a second on one slot, 0 while unmeasured. */
    double measuredSpeed() {
        return Math.min(ceiling, speed.perSecond());
    }

    /** Largest unit that what it has computed so far allows. */
    double reach() {
        return reach;
    }

    /** Largest unit that what its results took so far allows. */
    double room() {
        return WISHED_SHARE * indicesToFill;
    }

    /** Indices a second of all its slots, 0 while unmeasured. */
    double throughput() {
        return measuredSpeed() * slots;
    }

    /** Most units to hand it now: one for each slot until the first result, then four times as many with each request. */
    int unitsAllowed() {
        return speed.known() ? Math.max(ramp, slots) : Math.max(1, slots - held);
    }

    void widen() {
        ramp = (int) Math.min(1 << 28, (long) RAMP * Math.max(ramp, slots));
    }
}
