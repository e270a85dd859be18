package io.flockwork.worker.verify;

import io.flockwork.sdk.model.Reputation;
import io.flockwork.sdk.model.Span;
import java.util.List;
import java.util.function.Predicate;

/**
 * What follows from the votes. {@link Evaluation} looks at a unit, {@link Strikes} and {@link Probation} say what that means for
 * the voters, whose other units are then looked at in turn. Verdicts gather in {@link Rulings} until {@link #close}.
 */
final class Court {
    private final Electorate electorate;
    private final Rulings rulings;
    private final Checks checks;
    private final Probation probation;
    private final Strikes strikes;
    private final Juries juries;
    private final Evaluation evaluation;

    Court(Knobs knobs, Electorate electorate, Measured measured, Tickets tickets, Exams exams) {
        this.electorate = electorate;
        Disputes disputes = new Disputes(knobs.juries());
        rulings = new Rulings(disputes, exams);
        checks = new Checks(electorate, measured, tickets, rulings);
        probation = new Probation(knobs, electorate, rulings);
        strikes = new Strikes(knobs, electorate, rulings);
        juries = new Juries(electorate, measured, disputes, rulings, checks, probation, strikes);
        evaluation = new Evaluation(electorate, rulings, checks, probation, juries);
    }

    /** Everything that follows from what was said since the last time. */
    List<Verdict> close() {
        while (strikes.strikeNext(evaluation::evaluate) || probation.reviewNext(evaluation::evaluate) || seatNext()) {
            // until nothing follows any more
        }
        checks.lookBack();
        return take();
    }

    /** The verdicts so far; what else follows waits for the next {@link #close}. */
    List<Verdict> take() {
        return rulings.take();
    }

    /** A vote has come, and hangs in its unit's chain. */
    void heard(Ballot ballot) {
        evaluation.heard(ballot);
    }

    /** Looks at the unit anew. */
    void evaluate(Case unit) {
        evaluation.evaluate(unit);
    }

    /** The unit's result stands for good; its votes are heard no more, and nobody's strike takes them back. */
    void finish(Case unit) {
        rulings.finish(unit);
    }

    /** The worker has answered an exam on the unit, and rightly so. */
    void passed(Elector worker, Case unit) {
        probation.pass(worker, unit, true);
    }

    /** The worker's standing is known to be this now. */
    void learnt(Elector worker, Reputation now) {
        Reputation before = worker.reputation;
        electorate.change(worker, now);
        boolean banned = worker.banned();
        if (banned || now.strikes() > before.strikes()) {
            strikes.withdraw(worker, banned, evaluation::evaluate);
        } else if (Probation.ends(before, now)) {
            probation.hasEnded(worker);
        }
    }

    /** Gives up checks that are not due any more, of units that nobody computes now. */
    void spare(Predicate<Span> idle) {
        checks.spare(idle, evaluation::evaluate);
    }

    /** Nobody is left to ask about the unit. */
    void settleForLack(Case unit) {
        if (unit.state() == UnitState.JURY && electorate.refereeDecides()) {
            electorate.missReferee();
            evaluation.evaluate(unit);
            return;
        }
        Count count = Count.of(unit, electorate);
        if (2 * count.top() <= count.votes()) {
            rulings.contest(unit);
            return;
        }
        if (count.disputed()) {
            juries.convict(unit, count.leader(), false);
        }
        // Not for hindsight: who is not there would be asked for again and again.
        rulings.believe(unit, Count.of(unit, electorate), count.top() > 1 ? UnitState.ACCEPTED : UnitState.UNVERIFIED);
    }

    /** Says again what stands, for a unit that an earlier master kept; or looks at it anew where its votes no longer fit. */
    void restored(Case unit, UnitState state, boolean drawn) {
        rulings.restore(unit, state, drawn);
        Count count = Count.of(unit, electorate);
        if (state == UnitState.FINAL) {
            rulings.known(unit, count);
            return;
        }
        boolean fits = (state == UnitState.FRESH) == (count.votes() == 0)
                && (state == UnitState.UNVERIFIED || state.disputed() == count.disputed());
        if (!fits) {
            evaluation.evaluate(unit);
        } else if (state.accepted()) {
            unit.restored(UnitState.FRESH, false);
            evaluation.accept(unit, count, state);
        } else {
            restate(unit);
        }
    }

    /** Says again what is wanted of a unit; nothing of an accepted one. */
    void restate(Case unit) {
        UnitState state = unit.state();
        if (!state.accepted()) {
            rulings.want(unit, state.disputed() ? juries.copies(unit) : 1, state);
        }
        if (state == UnitState.CONTESTED) {
            rulings.contest(unit);
        }
    }

    private boolean seatNext() {
        Case next = juries.next();
        if (next == null) {
            return false;
        }
        evaluation.evaluate(next);
        return true;
    }
}
