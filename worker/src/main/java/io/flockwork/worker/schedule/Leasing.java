package io.flockwork.worker.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Leases given, renewed and ended; keeps a copy's state, its worker's and its unit's in step. */
final class Leasing {
    private final ScheduleSettings settings;
    private final OpenUnits open;
    private final Sizing sizing;

    Leasing(ScheduleSettings settings, OpenUnits open, Sizing sizing) {
        this.settings = settings;
        this.open = open;
        this.sizing = sizing;
    }

    void give(long nowNanos, Unit unit, WorkerState worker) {
        Copy before = unit.copyOf(worker);
        Copy copy = before == null ? unit.addCopy(worker, Copy.State.LAPSED) : before;
        double expected = sizing.expectedSeconds(worker, unit.size());
        double slack = sizing.slackSeconds(expected, unit.size());
        open.lift(unit);
        copy.state = Copy.State.HELD;
        copy.sinceNanos = nowNanos;
        copy.seenNanos = nowNanos;
        copy.expectedNanos = nanos(expected);
        copy.overdueNanos = nowNanos + nanos(expected + slack);
        unit.leases++;
        worker.hold(copy);
        worker.deadlineNanos = Math.min(worker.deadlineNanos, deadline(copy));
        open.lay(unit);
    }

    /** The worker says that it has this copy in hand. */
    void seen(long nowNanos, Copy copy) {
        if (copy.state == Copy.State.LAPSED && copy.unit.missing() > 0) {
            give(nowNanos, copy.unit, copy.worker);
        }
        copy.seenNanos = nowNanos;
    }

    void voted(Copy copy) {
        open.lift(copy.unit);
        end(copy, Copy.State.VOTED);
        copy.unit.wanted = Math.max(0, copy.unit.wanted - 1);
        open.lay(copy.unit);
    }

    /** Ends a lease without a result; those who passed the unit over are to look at it again. */
    void release(Copy copy, Copy.State state) {
        open.lift(copy.unit);
        end(copy, state);
        open.lay(copy.unit);
        open.requeue(copy.unit);
    }

    /** Ends all leases of a unit. */
    List<Lease> revoke(Unit unit) {
        if (unit.leases == 0) {
            return List.of();
        }
        List<Lease> out = new ArrayList<>(unit.leases);
        for (Copy copy = unit.copies; copy != null; copy = copy.next) {
            if (copy.held()) {
                out.add(copy.lease());
                release(copy, Copy.State.LAPSED);
            }
        }
        return out;
    }

    /** Ends all leases of a worker. */
    List<Lease> abandon(WorkerState worker) {
        List<Lease> ended = new ArrayList<>(worker.held);
        while (worker.firstHeld != null) {
            ended.add(worker.firstHeld.lease());
            release(worker.firstHeld, Copy.State.LAPSED);
        }
        return ended;
    }

    /** Ends the leases that the heartbeat of this moment did not name, beyond the grace for messages under way. */
    List<Lease> giveBackUnseen(long nowNanos, WorkerState worker) {
        long graceEnds = nowNanos - nanos(settings.grace());
        return lapse(worker, copy -> copy.seenNanos != nowNanos && copy.sinceNanos < graceEnds);
    }

    /** Ends the leases that no heartbeat has named for too long. */
    List<Lease> expire(long nowNanos, WorkerState worker) {
        return lapse(worker, copy -> deadline(copy) <= nowNanos);
    }

    private List<Lease> lapse(WorkerState worker, Predicate<Copy> ends) {
        List<Lease> ended = new ArrayList<>();
        long deadline = Long.MAX_VALUE;
        for (Copy copy = worker.firstHeld; copy != null; ) {
            Copy after = copy.heldAfter;
            if (ends.test(copy)) {
                ended.add(copy.lease());
                release(copy, Copy.State.LAPSED);
            } else {
                deadline = Math.min(deadline, deadline(copy));
            }
            copy = after;
        }
        worker.deadlineNanos = deadline;
        return ended;
    }

    /** Until the first heartbeat names it, a lease lasts as the unit's size demands; after that, silence tells sooner. */
    private long deadline(Copy copy) {
        long floor = nanos(settings.leaseFloor());
        return copy.seenNanos > copy.sinceNanos
                ? copy.seenNanos + floor
                : copy.sinceNanos + Math.max(floor, (long) (settings.leaseFactor() * copy.expectedNanos));
    }

    private static void end(Copy copy, Copy.State state) {
        if (copy.held()) {
            copy.worker.drop(copy);
            copy.unit.leases--;
        }
        copy.state = state;
    }

    private static long nanos(double seconds) {
        return (long) (seconds * 1e9);
    }
}
