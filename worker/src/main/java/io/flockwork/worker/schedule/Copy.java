package io.flockwork.worker.schedule;

/** One worker's part in one unit. It hangs in the unit's chain for ever, in the worker's chain while held. */
final class Copy {
    enum State {
        /** On lease. */
        HELD,
        /** Was on lease; the worker vanished, gave it back or ran out of time. A late result still counts. */
        LAPSED,
        /** The worker could not compute it. */
        FAILED,
        /** The worker gave a result. */
        VOTED
    }

    final Unit unit;
    final WorkerState worker;
    /** The unit's next copy. */
    final Copy next;

    State state;
    Copy heldBefore;
    Copy heldAfter;
    long sinceNanos;
    long expectedNanos;
    long overdueNanos;
    /** When it was given or last named in a heartbeat. */
    long seenNanos;

    Copy(Unit unit, WorkerState worker, Copy next, State state) {
        this.unit = unit;
        this.worker = worker;
        this.next = next;
        this.state = state;
    }

    boolean held() {
        return state == State.HELD;
    }

    Lease lease() {
        return new Lease(unit.span(), worker.id);
    }
}
