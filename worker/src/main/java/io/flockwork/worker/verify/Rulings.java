package io.flockwork.worker.verify;

import io.flockwork.sdk.model.NodeId;
import java.util.ArrayList;
import java.util.List;

/** Where units stand: every step of one is made here, and what it means is kept as verdicts until somebody takes them. */
final class Rulings {
    private final Disputes disputes;
    private final Exams exams;
    private List<Verdict> verdicts = new ArrayList<>(2);

    Rulings(Disputes disputes, Exams exams) {
        this.disputes = disputes;
        this.exams = exams;
    }

    void say(Verdict verdict) {
        verdicts.add(verdict);
    }

    /** The verdicts since the last time. */
    List<Verdict> take() {
        List<Verdict> taken = verdicts;
        verdicts = new ArrayList<>(2);
        return taken;
    }

    /** The votes do not decide: so many copies are wanted. */
    void want(Case unit, int copies, UnitState state) {
        become(unit, state);
        say(new Verdict.Wanted(unit.unit(), copies, state, unit.drawn));
    }

    /** Nobody is left to ask, and no answer has a majority. */
    void contest(Case unit) {
        become(unit, UnitState.CONTESTED);
        say(new Verdict.Contested(unit.unit()));
    }

    /** The answer with most votes is the unit's result until further notice. */
    void believe(Case unit, Count count, UnitState state) {
        boolean news = unit.state() != state;
        become(unit, state);
        if (state == UnitState.ACCEPTED) {
            known(unit, count);
        }
        if (news) {
            Ballot leader = count.leader();
            List<NodeId> agreeing = unit.voters(leader::agrees);
            List<NodeId> outvoted = unit.voters(ballot -> !ballot.agrees(leader));
            say(new Verdict.Accepted(unit.unit(), leader.digest(), agreeing, outvoted, state == UnitState.ACCEPTED));
        }
    }

    /** What two have answered alike may be an exam for others. */
    void known(Case unit, Count count) {
        if (count.votes() > 1) {
            exams.known(unit);
        }
    }

    /** The unit's result stands for good. */
    void finish(Case unit) {
        become(unit, UnitState.FINAL);
    }

    /** The unit, accepted so far, waits for a jury. */
    void doubt(Case unit) {
        become(unit, UnitState.WAITING);
    }

    /** The unit stands as an earlier master left it. */
    void restore(Case unit, UnitState state, boolean drawn) {
        unit.restored(state, drawn);
        disputes.moved(unit, UnitState.FRESH, state);
    }

    private void become(Case unit, UnitState state) {
        if (unit.state().accepted() && !state.accepted()) {
            say(new Verdict.Withdrawn(unit.unit()));
        }
        disputes.moved(unit, unit.state(), state);
        unit.become(state);
        unit.drawn &= state == UnitState.AUDIT || state.disputed();
    }
}
