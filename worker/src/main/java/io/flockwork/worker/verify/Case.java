package io.flockwork.worker.verify;

import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** A unit with the votes on it, in the order they came. */
final class Case {
    /** By their units. */
    static final Comparator<Case> IN_ORDER =
            Comparator.<Case>comparingLong(unit -> unit.from).thenComparingLong(unit -> unit.to);

    final long from;
    final long to;
    Ballot first;
    /** The outcome of this unit's check by lot is still to be counted. */
    boolean drawn;
    /** Workers that failed an exam on it: liars, unless its result is wrong. */
    byte doubts;
    /** The next case in the same bucket of {@link CaseTable}. */
    Case nextCase;

    private UnitState state = UnitState.FRESH;

    Case(Span unit) {
        from = unit.from();
        to = unit.to();
    }

    Span unit() {
        return new Span(from, to);
    }

    UnitState state() {
        return state;
    }

    void become(UnitState next) {
        if (next != state && !state.next().contains(next)) {
            throw new IllegalStateException("unit " + unit() + " cannot go from " + state + " to " + next);
        }
        state = next;
    }

    /** As an earlier master left it. */
    void restored(UnitState kept, boolean keptDrawn) {
        state = kept;
        drawn = keptDrawn;
    }

    void add(Ballot ballot) {
        if (first == null) {
            first = ballot;
            return;
        }
        Ballot last = first;
        while (last.next != null) {
            last = last.next;
        }
        last.next = ballot;
    }

    void remove(Ballot ballot) {
        if (first == ballot) {
            first = ballot.next;
            drawn = false; // the answer that was checked is no more
            return;
        }
        Ballot before = first;
        while (before.next != ballot) {
            before = before.next;
        }
        before.next = ballot.next;
    }

    /** The first ballot that is so, or null. */
    Ballot find(Predicate<Ballot> such) {
        Ballot ballot = first;
        while (ballot != null && !such.test(ballot)) {
            ballot = ballot.next;
        }
        return ballot;
    }

    boolean has(Elector voter) {
        return find(ballot -> ballot.voter == voter) != null;
    }

    List<Vote> votes() {
        List<Vote> votes = new ArrayList<>();
        for (Ballot b = first; b != null; b = b.next) {
            votes.add(b.vote());
        }
        return votes;
    }

    /** The workers whose ballots are so, in the order of their votes. */
    List<NodeId> voters(Predicate<Ballot> such) {
        List<NodeId> voters = new ArrayList<>(2);
        for (Ballot b = first; b != null; b = b.next) {
            if (such.test(b)) {
                voters.add(b.voter.id);
            }
        }
        return List.copyOf(voters);
    }
}
