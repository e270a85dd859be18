package io.flockwork.worker.verify;

import io.flockwork.sdk.model.Span;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Who is checked by lot: equal answers when they come, accepted ones in hindsight; and what the checks have shown. */
final class Checks {
    private final Electorate electorate;
    private final Measured measured;
    private final Tickets tickets;
    private final Rulings rulings;
    private final LookBack lookBack;
    /** Lone answers that are to be checked, those first that are given up first. */
    private final TicketHeap lone = new TicketHeap();

    Checks(Electorate electorate, Measured measured, Tickets tickets, Rulings rulings) {
        this.electorate = electorate;
        this.measured = measured;
        this.tickets = tickets;
        this.rulings = rulings;
        lookBack = new LookBack(tickets);
    }

    /** True when the lot says that one more is to be asked, though so many have given the same answer. */
    boolean falls(Case unit, int votes) {
        return !vouchedFor(unit) && tickets.of(unit, votes) < share(unit, votes);
    }

    /** The lot has fallen: one more is wanted. */
    void draw(Case unit, int votes) {
        unit.drawn = votes == 1;
        if (unit.drawn) {
            lone.add(unit, -tickets.of(unit, 1));
        }
        rulings.want(unit, 1, UnitState.AUDIT);
    }

    /** The unit is accepted with so many equal votes; the lot may fall on it yet. */
    void remember(Case unit, int votes) {
        if (!vouchedFor(unit)) {
            lookBack.add(unit, votes);
        }
    }

    /** A second answer is the same as the first. */
    void confirmed(Case unit) {
        if (unit.drawn || unit.state() == UnitState.PROBATION) {
            measured.checked(false);
            unit.drawn = false;
        }
    }

    /** A verdict says which answer is right; if the first was drawn by lot, that is one check more. */
    void decided(Case unit, Ballot winner) {
        if (unit.drawn) {
            measured.checked(!unit.first.agrees(winner));
            unit.drawn = false;
        }
    }

    /** Gives up the checks that would not be drawn any more, unless somebody is at them. */
    void spare(Predicate<Span> idle, Consumer<Case> evaluate) {
        while (-lone.least() >= measured.share(1)) {
            Case unit = lone.take();
            boolean waits = unit.state() == UnitState.AUDIT && unit.drawn && idle.test(unit.unit());
            if (waits && Count.of(unit, electorate).votes() == 1) {
                unit.drawn = false;
                evaluate.accept(unit);
            }
        }
    }

    /** Draws those of the accepted units that would be drawn by the rates as they are now. */
    void lookBack() {
        for (int votes = 1; votes <= lookBack.mostVotes(); votes++) {
            double share = measured.again(votes);
            for (Case unit = lookBack.takeBelow(share, votes); unit != null; unit = lookBack.takeBelow(share, votes)) {
                if (unit.state() == UnitState.ACCEPTED
                        && Count.of(unit, electorate).votes() == votes) {
                    draw(unit, votes);
                }
            }
        }
    }

    /** What was accepted once is taken back on evidence only. */
    private double share(Case unit, int votes) {
        return unit.state() == UnitState.ACCEPTED ? measured.again(votes) : measured.share(votes);
    }

    /** True when the referee has said the same: then nobody else is asked. */
    private boolean vouchedFor(Case unit) {
        return electorate.refereeDecides() && unit.find(ballot -> ballot.voter.referee) != null;
    }
}
