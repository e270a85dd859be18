package io.flockwork.worker.verify;

import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Reputation;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.model.Standing;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/**
 * What follows from the votes: evaluate, decide, strike, and look back. Collects verdicts until {@link #close}.
 *
 * <p>A strike withdraws votes, which may decide other disputes, which strikes others; so strikes wait in a queue.
 */
final class Court {
    private record Strike(Elector worker, Case unit, BlobId given, BlobId accepted, boolean gang) {}

    private final Knobs knobs;
    private final Electorate electorate;
    private final Measured measured;
    private final Tickets tickets;
    private final LookBack lookBack;
    private final Exams exams;
    private final Disputes disputes;
    /** Lone answers that are to be checked by lot, those first that are given up first. */
    private final TicketHeap checks = new TicketHeap();

    private final Deque<Strike> strikes = new ArrayDeque<>();
    private final Deque<Elector> promoted = new ArrayDeque<>();
    private List<Verdict> verdicts = new ArrayList<>(2);

    Court(Knobs knobs, Electorate electorate, Measured measured, Tickets tickets, Exams exams) {
        this.knobs = knobs;
        this.electorate = electorate;
        this.measured = measured;
        this.tickets = tickets;
        this.exams = exams;
        this.lookBack = new LookBack(tickets);
        this.disputes = new Disputes(knobs.juries());
    }

    /** Everything that follows from what was said since the last time. */
    List<Verdict> close() {
        while (strikeNext() || reviewNext() || seatNext() || lookBack()) {
            // until nothing follows any more
        }
        return take();
    }

    /** The verdicts so far; what else follows waits for the next {@link #close}. */
    List<Verdict> take() {
        List<Verdict> taken = verdicts;
        verdicts = new ArrayList<>(2);
        return taken;
    }

    /** A vote has come, and hangs in its unit's chain. */
    void heard(Ballot ballot) {
        Case unit = ballot.of;
        Count count = Count.of(unit, electorate);
        if (count.disputed()) {
            dispute(unit, count);
            return;
        }
        if (count.votes() == 2) {
            passAll(unit);
        } else if (count.votes() > 2) {
            pass(ballot.voter, unit, false);
        }
        if (count.votes() > 1 && (unit.drawn || unit.state() == UnitState.PROBATION)) {
            measured.checked(false);
            unit.drawn = false;
        }
        if (unit.state() == UnitState.ACCEPTED) {
            verdicts.add(new Verdict.Late(unit.unit(), ballot.voter.id, true));
        }
        agreed(unit, count.votes());
    }

    /** The worker's standing is known to be this now. */
    void learnt(Elector worker, Reputation now) {
        Reputation before = worker.reputation;
        electorate.change(worker, now);
        boolean banned = worker.banned();
        if (banned || now.strikes() > before.strikes()) {
            withdraw(worker, banned);
        } else if (now.standing() == Standing.ACTIVE && before.standing() != Standing.ACTIVE) {
            promoted.add(worker);
        }
    }

    /** Looks at the unit anew. */
    void evaluate(Case unit) {
        Count count = Count.of(unit, electorate);
        if (count.votes() == 0) {
            want(unit, 1, UnitState.FRESH);
        } else if (count.disputed()) {
            dispute(unit, count);
        } else {
            agreed(unit, count.votes());
        }
    }

    /** Nobody is left to ask about the unit. */
    void settleForLack(Case unit) {
        if (unit.state() == UnitState.JURY && electorate.refereeDecides()) {
            electorate.missReferee();
            evaluate(unit);
            return;
        }
        Count count = Count.of(unit, electorate);
        if (2 * count.top() > count.votes()) {
            if (count.disputed()) {
                convict(unit, count.leader(), false);
            }
            // Not for hindsight: who is not there would be asked for again and again.
            believe(unit, Count.of(unit, electorate), count.top() > 1 ? UnitState.ACCEPTED : UnitState.UNVERIFIED);
        } else {
            become(unit, UnitState.CONTESTED);
            verdicts.add(new Verdict.Contested(unit.unit()));
        }
    }

    /** Says again what stands, for a unit that an earlier master kept; or looks at it anew where its votes no longer fit. */
    void restored(Case unit, UnitState state, boolean drawn) {
        unit.restored(state, drawn);
        disputes.moved(unit, UnitState.FRESH, state);
        Count count = Count.of(unit, electorate);
        boolean fits = (state == UnitState.FRESH) == (count.votes() == 0)
                && (state == UnitState.UNVERIFIED || state.disputed() == count.disputed());
        if (!fits) {
            evaluate(unit);
        } else if (state.accepted()) {
            unit.restored(UnitState.FRESH, false);
            accept(unit, count, state);
        } else {
            restate(unit);
        }
    }

    /** Says again what is wanted of a unit; nothing of an accepted one. */
    void restate(Case unit) {
        UnitState state = unit.state();
        if (state.disputed()) {
            int copies = electorate.refereeDecides() ? 1 : Math.max(1, need(Count.of(unit, electorate)));
            want(unit, state == UnitState.WAITING ? 0 : copies, state);
        } else if (!state.accepted()) {
            want(unit, 1, state);
        }
        if (state == UnitState.CONTESTED) {
            verdicts.add(new Verdict.Contested(unit.unit()));
        }
    }

    private void dispute(Case unit, Count count) {
        if (unit.state().accepted()) {
            become(unit, UnitState.WAITING);
        }
        if (electorate.refereeDecides()) {
            Ballot word = unit.find(ballot -> ballot.voter.referee);
            if (word == null) {
                want(unit, 1, UnitState.JURY);
            } else {
                decide(unit, word, true);
            }
        } else if (need(count) <= 0) {
            decide(unit, count.leader(), false);
        } else if (unit.state() == UnitState.JURY || disputes.hasSeat(measured.lead())) {
            want(unit, need(count), UnitState.JURY);
        } else {
            want(unit, 0, UnitState.WAITING);
        }
    }

    private int need(Count count) {
        return measured.lead() - (count.top() - count.second());
    }

    private void decide(Case unit, Ballot winner, boolean byReferee) {
        convict(unit, winner, byReferee);
        agreed(unit, Count.of(unit, electorate).votes());
    }

    /** The other answers are wrong. */
    private void convict(Case unit, Ballot winner, boolean byReferee) {
        measure(unit, winner, byReferee);
        List<Ballot> losers = new ArrayList<>();
        for (Ballot b = unit.first; b != null; b = b.next) {
            if (!b.agrees(winner)) {
                losers.add(b);
            }
        }
        for (Ballot loser : losers) {
            boolean gang = byReferee || isGang(unit, loser);
            strikes.add(new Strike(loser.voter, unit, loser.digest(), winner.digest(), gang));
        }
        for (Ballot loser : losers) {
            unit.remove(loser);
            loser.voter.forget(loser);
            verdicts.add(new Verdict.Dropped(unit.unit(), loser.voter.id));
        }
        passAll(unit);
    }

    private void measure(Case unit, Ballot winner, boolean byReferee) {
        if (unit.drawn) {
            measured.checked(!unit.first.agrees(winner));
            unit.drawn = false;
        }
        if (!byReferee) {
            for (Ballot b = unit.first.next.next; b != null; b = b.next) {
                measured.judged(!b.agrees(winner) && isGang(unit, b));
            }
        }
    }

    private static boolean isGang(Case unit, Ballot ballot) {
        return unit.find(other -> other != ballot && other.agrees(ballot)) != null;
    }

    private void agreed(Case unit, int votes) {
        if (votes == 1 && !unit.first.voter.proven()) {
            want(unit, 1, UnitState.PROBATION);
        } else if (votes == 1 && unit.state() == UnitState.FORCED) {
            want(unit, 1, UnitState.FORCED);
        } else if (!vouchedFor(unit) && tickets.of(unit, votes) < shareOf(unit, votes)) {
            draw(unit, votes);
        } else {
            accept(unit, Count.of(unit, electorate), UnitState.ACCEPTED);
        }
    }

    private void draw(Case unit, int votes) {
        unit.drawn = votes == 1;
        if (unit.drawn) {
            checks.add(unit, -tickets.of(unit, 1));
        }
        want(unit, 1, UnitState.AUDIT);
    }

    /** Checks that would not be drawn any more are given up, unless somebody is at them. */
    void spare(Predicate<Span> idle) {
        while (-checks.least() >= measured.share(1)) {
            Case unit = checks.take();
            boolean waits = unit.state() == UnitState.AUDIT && unit.drawn && idle.test(unit.unit());
            if (waits && Count.of(unit, electorate).votes() == 1) {
                unit.drawn = false;
                evaluate(unit);
            }
        }
    }

    /** What was accepted once is taken back on evidence only. */
    private double shareOf(Case unit, int votes) {
        return unit.state() == UnitState.ACCEPTED ? measured.again(votes) : measured.share(votes);
    }

    /** True when the referee has said the same: then nobody else is asked. */
    private boolean vouchedFor(Case unit) {
        return electorate.refereeDecides() && unit.find(ballot -> ballot.voter.referee) != null;
    }

    private void want(Case unit, int copies, UnitState state) {
        become(unit, state);
        verdicts.add(new Verdict.Wanted(unit.unit(), copies, state, unit.drawn));
    }

    private void accept(Case unit, Count count, UnitState state) {
        believe(unit, count, state);
        if (state == UnitState.ACCEPTED && !vouchedFor(unit)) {
            lookBack.add(unit, count.votes());
        }
    }

    private void believe(Case unit, Count count, UnitState state) {
        boolean news = unit.state() != state;
        become(unit, state);
        if (state == UnitState.ACCEPTED && count.votes() > 1) {
            exams.known(unit);
        }
        if (news) {
            Ballot leader = count.leader();
            List<NodeId> agreeing = unit.voters(leader::agrees);
            List<NodeId> outvoted = unit.voters(ballot -> !ballot.agrees(leader));
            verdicts.add(new Verdict.Accepted(
                    unit.unit(), leader.digest(), agreeing, outvoted, state == UnitState.ACCEPTED));
        }
    }

    private void become(Case unit, UnitState state) {
        if (unit.state().accepted() && !state.accepted()) {
            verdicts.add(new Verdict.Withdrawn(unit.unit()));
        }
        disputes.moved(unit, unit.state(), state);
        unit.become(state);
        unit.drawn &= state == UnitState.AUDIT || state.disputed();
    }

    private void passAll(Case unit) {
        for (Ballot b = unit.first; b != null; b = b.next) {
            pass(b.voter, unit, false);
        }
    }

    void pass(Elector worker, Case unit, boolean exam) {
        Reputation before = worker.reputation;
        Reputation now = before.passed(exam, knobs.probation(before));
        verdicts.add(new Verdict.Passed(unit.unit(), worker.id, exam, now));
        if (now.equals(before)) {
            return;
        }
        electorate.change(worker, now);
        if (now.standing() != before.standing()) {
            promoted.add(worker);
        }
    }

    private boolean strikeNext() {
        Strike next = strikes.poll();
        if (next == null) {
            return false;
        }
        Elector worker = next.worker;
        if (!worker.banned()) {
            Reputation before = worker.reputation;
            boolean ban = next.gang || before.standing() == Standing.NEW || before.strikes() > 0;
            electorate.change(worker, before.struck(ban, knobs.exams()));
            verdicts.add(new Verdict.Struck(
                    next.unit.unit(), worker.id, next.given, next.accepted, next.gang, worker.reputation));
            withdraw(worker, next.gang);
        }
        return true;
    }

    private void withdraw(Elector worker, boolean gang) {
        for (Ballot ballot : worker.takeAll()) {
            Case unit = ballot.of;
            unit.remove(ballot);
            verdicts.add(new Verdict.Dropped(unit.unit(), worker.id));
            if (gang && unit.first != null && unit.first.next == null && unit.first.agrees(ballot)) {
                want(unit, 1, UnitState.FORCED);
            } else {
                evaluate(unit);
            }
        }
    }

    /** The units that only waited for their worker to prove itself. */
    private boolean reviewNext() {
        Elector worker = promoted.poll();
        if (worker == null) {
            return false;
        }
        for (Ballot ballot : worker.ballots()) {
            if (ballot.of.state() == UnitState.PROBATION) {
                evaluate(ballot.of);
            }
        }
        return true;
    }

    private boolean seatNext() {
        Case next = disputes.next();
        if (next == null || !electorate.refereeDecides() && !disputes.hasSeat(measured.lead())) {
            return false;
        }
        evaluate(next);
        return true;
    }

    private boolean lookBack() {
        for (int votes = 1; votes <= lookBack.mostVotes(); votes++) {
            double share = measured.again(votes);
            for (Case unit = lookBack.takeBelow(share, votes); unit != null; unit = lookBack.takeBelow(share, votes)) {
                if (unit.state() == UnitState.ACCEPTED
                        && Count.of(unit, electorate).votes() == votes) {
                    draw(unit, votes);
                }
            }
        }
        return false;
    }
}
