package io.flockwork.worker.verify;

import io.flockwork.sdk.model.Span;
import java.util.ArrayList;
import java.util.List;

/** Units with a known result, and who is to be asked them again without knowing. */
final class Exams {
    private static final int LOOKS = 16;
    /** How often the result of an exam may be wrong. A wrong one would turn honest workers away. */
    private static final double RISK = .01;
    /** A unit on which so many have failed is no exam any more: so few honest workers can a wrong result cost. */
    private static final int MOST_DOUBTS = 16;

    private final Electorate electorate;
    private final Measured measured;
    private final Tickets tickets;
    private final List<Case> known = new ArrayList<>();
    private long drawings;

    Exams(Electorate electorate, Measured measured, Tickets tickets) {
        this.electorate = electorate;
        this.measured = measured;
        this.tickets = tickets;
    }

    /** The unit has been accepted with two equal votes or more. */
    void known(Case unit) {
        known.add(unit);
    }

    /** Up to {@code most} units for this worker, drawn with the secret key. */
    List<Span> give(Elector worker, int most) {
        List<Span> given = new ArrayList<>();
        int left = Math.min(most, worker.reputation.examsLeft() - worker.exams.size());
        for (int look = 0; look < LOOKS && given.size() < left && !known.isEmpty(); look++) {
            int drawn = (int)
                    Long.remainderUnsigned(tickets.hash(worker.id.hashCode(), drawings++, known.size()), known.size());
            Case unit = known.get(drawn);
            if (!isKnown(unit)) {
                known.set(drawn, known.get(known.size() - 1));
                known.remove(known.size() - 1);
            } else if (isFor(unit, worker)) {
                given.add(unit.unit());
                worker.exams.add(unit.unit());
            }
        }
        return given;
    }

    /** True when the unit's result stands and is as good as certain: the referee said so, too, or many enough did. */
    boolean isKnown(Case unit) {
        if (unit.doubts == MOST_DOUBTS || !stands(unit)) {
            return false;
        }
        int votes = Count.of(unit, electorate).votes();
        return electorate.refereeDecides()
                ? votes > 1 && unit.find(ballot -> ballot.voter.referee) != null
                : votes >= measured.lead(RISK);
    }

    /** A final result stays when its voters are banned; but it is no longer one to hold against others. */
    private static boolean stands(Case unit) {
        return unit.state() == UnitState.ACCEPTED
                || unit.state() == UnitState.FINAL && unit.find(ballot -> ballot.voter.banned()) == null;
    }

    private boolean isFor(Case unit, Elector worker) {
        return unit.find(ballot -> electorate.sameVote(ballot.voter, worker)) == null
                && !worker.exams.contains(unit.unit());
    }
}
