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

    /**
     * An answer to a unit whose result is final, and another one. It is wrong if so few votes against so many would decide a
     * dispute; else nobody can tell, for nobody else is asked. It counts no more either way.
     */
    void hearLate(Ballot ballot) {
        Case unit = ballot.of;
        Ballot result = unit.first;
        if (isCertain(unit, Count.of(unit, electorate)) && !isDoubtful(unit)) {
            strikes.add(ballot, result, electorate.refereeDecides());
        }
        drop(ballot);
    }

    /** True when a liar's vote is among those behind a final result: then nobody is judged by it. */
    boolean isDoubtful(Case unit) {
        return unit.find(other -> other.voter.banned()) != null;
    }

    private boolean isCertain(Case unit, Count count) {
        return electorate.refereeDecides()
                ? unit.find(other -> other.voter.referee && other.agrees(unit.first)) != null
                : count.leader().agrees(unit.first) && need(count) <= 0;
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
        losers.forEach(this::drop);
        probation.passAll(unit);
    }

    private void drop(Ballot ballot) {
        ballot.of.remove(ballot);
        ballot.voter.forget(ballot);
        rulings.say(new Verdict.Dropped(ballot.of.unit(), ballot.voter.id));
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
