package io.flockwork.worker.verify;

import java.util.ArrayList;
import java.util.List;

/** Answers that differ: who is asked, when they decide, and what follows for the losers. */
final class Juries {
    private final Electorate electorate;
    private final Measured measured;
    private final Disputes disputes;
    private final Rulings rulings;
    private final Checks checks;
    private final Probation probation;
    private final Strikes strikes;

    Juries(
            Electorate electorate,
            Measured measured,
            Disputes disputes,
            Rulings rulings,
            Checks checks,
            Probation probation,
            Strikes strikes) {
        this.electorate = electorate;
        this.measured = measured;
        this.disputes = disputes;
        this.rulings = rulings;
        this.checks = checks;
        this.probation = probation;
        this.strikes = strikes;
    }

    /** True when the votes decide, and the wrong ones are gone; else asks for more as far as there are seats. */
    boolean decide(Case unit, Count count) {
        if (unit.state().accepted()) {
            rulings.doubt(unit);
        }
        boolean byReferee = electorate.refereeDecides();
        Ballot winner =
                byReferee ? unit.find(ballot -> ballot.voter.referee) : need(count) <= 0 ? count.leader() : null;
        if (winner != null) {
            convict(unit, winner, byReferee);
            return true;
        }
        if (byReferee) {
            rulings.want(unit, 1, UnitState.JURY);
        } else if (unit.state() == UnitState.JURY || disputes.hasSeat(measured.lead())) {
            rulings.want(unit, need(count), UnitState.JURY);
        } else {
            rulings.want(unit, 0, UnitState.WAITING);
        }
        return false;
    }

    /** Copies that a unit whose answers differ still wants. */
    int copies(Case unit) {
        if (unit.state() == UnitState.WAITING) {
            return 0;
        }
        return electorate.refereeDecides() ? 1 : Math.max(1, need(Count.of(unit, electorate)));
    }

    /** The other answers are wrong. */
    void convict(Case unit, Ballot winner, boolean byReferee) {
        measure(unit, winner, byReferee);
        List<Ballot> losers = new ArrayList<>();
        for (Ballot b = unit.first; b != null; b = b.next) {
            if (!b.agrees(winner)) {
                losers.add(b);
            }
        }
        for (Ballot loser : losers) {
            strikes.add(loser, winner, byReferee || isGang(loser));
        }
        for (Ballot loser : losers) {
            unit.remove(loser);
            loser.voter.forget(loser);
            rulings.say(new Verdict.Dropped(unit.unit(), loser.voter.id));
        }
        probation.passAll(unit);
    }

    /** The unit that may have a jury now, or null. */
    Case next() {
        return electorate.refereeDecides() || disputes.hasSeat(measured.lead()) ? disputes.next() : null;
    }

    private int need(Count count) {
        return measured.lead() - (count.top() - count.second());
    }

    private void measure(Case unit, Ballot winner, boolean byReferee) {
        checks.decided(unit, winner);
        if (!byReferee) {
            for (Ballot b = unit.first.next.next; b != null; b = b.next) {
                measured.judged(!b.agrees(winner) && isGang(b));
            }
        }
    }

    /** True when another has given the same answer. */
    private static boolean isGang(Ballot ballot) {
        return ballot.of.find(other -> other != ballot && other.agrees(ballot)) != null;
    }
}
