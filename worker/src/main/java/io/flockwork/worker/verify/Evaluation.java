package io.flockwork.worker.verify;

/**
 * A unit looked at: {@link Checks} draw from answers that agree, {@link Juries} decide between those that differ, and what is
 * left over is accepted.
 */
final class Evaluation {
    private final Electorate electorate;
    private final Rulings rulings;
    private final Checks checks;
    private final Probation probation;
    private final Juries juries;

    Evaluation(Electorate electorate, Rulings rulings, Checks checks, Probation probation, Juries juries) {
        this.electorate = electorate;
        this.rulings = rulings;
        this.checks = checks;
        this.probation = probation;
        this.juries = juries;
    }

    /** A vote has come, and hangs in its unit's chain. */
    void heard(Ballot ballot) {
        Case unit = ballot.of;
        Count count = Count.of(unit, electorate);
        if (unit.state() == UnitState.FINAL) {
            heardLate(ballot, count);
        } else if (count.disputed()) {
            dispute(unit, count);
        } else {
            confirm(ballot, count);
            if (unit.state() == UnitState.ACCEPTED) {
                rulings.say(new Verdict.Late(unit.unit(), ballot.voter.id, true));
            }
            agreed(unit, count);
        }
    }

    /** The unit's result stands, whatever the vote says; what it says of its voter is another matter. */
    private void heardLate(Ballot ballot, Count count) {
        boolean agrees = ballot.agrees(ballot.of.first);
        rulings.say(new Verdict.Late(ballot.of.unit(), ballot.voter.id, agrees));
        if (!agrees) {
            juries.hearLate(ballot);
        } else if (!juries.isDoubtful(ballot.of)) {
            confirm(ballot, count);
        }
    }

    private void confirm(Ballot ballot, Count count) {
        if (count.votes() == 2) {
            probation.passAll(ballot.of);
        } else if (count.votes() > 2) {
            probation.pass(ballot.voter, ballot.of, false);
        }
        if (count.votes() > 1) {
            checks.confirmed(ballot.of);
        }
    }

    /** Looks at the unit anew. */
    void evaluate(Case unit) {
        Count count = Count.of(unit, electorate);
        if (count.votes() == 0) {
            rulings.want(unit, 1, UnitState.FRESH);
        } else if (count.disputed()) {
            dispute(unit, count);
        } else {
            agreed(unit, count);
        }
    }

    /** The votes are enough, until further notice. */
    void accept(Case unit, Count count, UnitState state) {
        rulings.believe(unit, count, state);
        if (state == UnitState.ACCEPTED) {
            checks.remember(unit, count.votes());
        }
    }

    private void dispute(Case unit, Count count) {
        if (juries.decide(unit, count)) {
            agreed(unit, Count.of(unit, electorate));
        }
    }

    private void agreed(Case unit, Count count) {
        int votes = count.votes();
        if (votes == 1 && !unit.first.voter.proven()) {
            rulings.want(unit, 1, UnitState.PROBATION);
        } else if (votes == 1 && unit.state() == UnitState.FORCED) {
            rulings.want(unit, 1, UnitState.FORCED);
        } else if (checks.falls(unit, votes)) {
            checks.draw(unit, votes);
        } else {
            accept(unit, count, UnitState.ACCEPTED);
        }
    }
}
