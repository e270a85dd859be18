package io.flockwork.worker.schedule;

import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Span;
import java.util.ArrayList;
import java.util.List;

/** A unit that was carved and is not settled yet. */
final class Unit {
    static final long NOT_QUEUED = -1;

    final long from;
    final long to;
    /** Copies whose results are still to come. */
    int wanted;
    /** Copies out; may exceed those wanted by one, for a straggler. */
    int leases;

    int failures;
    /** Newest first. */
    Copy copies;
    /** Place in {@link WantedQueue}. */
    long seat = NOT_QUEUED;
    /** The next unit in the same bucket of {@link UnitTable}. */
    Unit chained;

    Unit(Span span, int wanted) {
        this.from = span.from();
        this.to = span.to();
        this.wanted = wanted;
    }

    Span span() {
        return new Span(from, to);
    }

    long size() {
        return to - from;
    }

    int missing() {
        return Math.max(0, wanted - leases);
    }

    /** What {@code worker} has to do with this unit, or null. */
    Copy copyOf(WorkerState worker) {
        Copy copy = copies;
        while (copy != null && copy.worker != worker) {
            copy = copy.next;
        }
        return copy;
    }

    Copy addCopy(WorkerState worker, Copy.State state) {
        copies = new Copy(this, worker, copies, state);
        return copies;
    }

    /** Who has a copy on lease now. */
    List<NodeId> holders() {
        if (leases == 0) {
            return List.of();
        }
        List<NodeId> holders = new ArrayList<>(leases);
        for (Copy copy = copies; copy != null; copy = copy.next) {
            if (copy.held()) {
                holders.add(copy.worker.id);
            }
        }
        return holders;
    }

    boolean hasVotes() {
        for (Copy copy = copies; copy != null; copy = copy.next) {
            if (copy.state == Copy.State.VOTED) {
                return true;
            }
        }
        return false;
    }

    /** Live workers that hold, have computed or have failed this unit. */
    int liveParties() {
        int parties = 0;
        for (Copy copy = copies; copy != null; copy = copy.next) {
            parties += copy.worker.live && copy.state != Copy.State.LAPSED ? 1 : 0;
        }
        return parties;
    }
}
