package io.flockwork.worker.verify;

import io.flockwork.sdk.model.Guarantee;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Reputation;
import io.flockwork.sdk.model.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * No answer is final on trust alone. Each has a secret chance of being computed again by another operator; that chance
 * follows the measured rate of wrong answers, in hindsight too; a proven liar loses everything that is not final. The rules
 * are in {@code docs/VERIFICATION.md}.
 */
public final class LateLottery implements Verification {
    /** Units on lease to a worker on probation, at most. */
    private static final int PROBATION_UNITS = 8;
    /** The same while no other operator has come: one may any moment. */
    private static final int ALONE_UNITS = 64;

    private final Electorate electorate;
    private final Measured measured;
    private final Exams exams;
    private final Court court;
    private final CaseTable cases = new CaseTable();
    private final List<Case> unverified = new ArrayList<>();

    /**
     * @param key 16 secret bytes that all masters of the job have, and no worker
     * @param rates what has been measured before, {@link Rates#NONE} if nothing
     */
    public LateLottery(Knobs knobs, byte[] key, Rates rates) {
        Tickets tickets = new Tickets(key);
        electorate = new Electorate(knobs);
        measured = new Measured(knobs, rates);
        exams = new Exams(electorate, measured, tickets);
        court = new Court(knobs, electorate, measured, tickets, exams);
    }

    @Override
    public int copiesOfFresh() {
        return 1;
    }

    @Override
    public List<Verdict> arrived(Voter voter) {
        if (electorate.arrived(voter)) {
            // What one operator's workers confirmed among themselves has one vote now.
            cases.inOrder().stream()
                    .filter(unit -> unit.state() == UnitState.ACCEPTED)
                    .forEach(court::evaluate);
        }
        Elector elector = electorate.of(voter.id());
        List<Case> again = new ArrayList<>(unverified);
        unverified.clear();
        for (Case unit : again) {
            if (unit.state() == UnitState.UNVERIFIED && mayCompute(elector, unit, List.of())) {
                court.evaluate(unit);
            } else if (unit.state() == UnitState.UNVERIFIED) {
                unverified.add(unit);
            }
        }
        return court.close();
    }

    @Override
    public List<Verdict> learn(Reputation reputation) {
        Elector known = electorate.find(reputation.worker());
        Elector elector = electorate.of(reputation.worker());
        court.learnt(elector, known == null ? reputation : known.reputation.merged(reputation));
        return court.close();
    }

    @Override
    public boolean isWelcome(NodeId worker) {
        return !electorate.of(worker).banned();
    }

    @Override
    public int allowance(NodeId worker) {
        Elector elector = electorate.of(worker);
        if (elector.proven()) {
            return Integer.MAX_VALUE;
        }
        return electorate.isOneOperators() ? ALONE_UNITS : PROBATION_UNITS;
    }

    @Override
    public List<Verdict> spare(Predicate<Span> idle) {
        court.spare(idle);
        return court.close();
    }

    @Override
    public boolean mayCompute(NodeId worker, Span unit, List<NodeId> holders) {
        Elector elector = electorate.of(worker);
        return !elector.banned() && mayCompute(elector, cases.find(unit), holders);
    }

    @Override
    public List<Verdict> vote(Vote vote) {
        Elector voter = electorate.of(vote.worker());
        Case unit = cases.of(vote.unit());
        if (unit.has(voter)) {
            return List.of();
        }
        if (voter.banned() || !maySpeak(voter, unit)) {
            court.restate(unit);
            return court.take();
        }
        electorate.voted(voter);
        court.heard(cast(new Ballot(unit, voter, vote)));
        return court.close();
    }

    @Override
    public List<Span> exams(NodeId worker, int most) {
        Elector elector = electorate.of(worker);
        return elector.banned() ? List.of() : exams.give(elector, most);
    }

    @Override
    public boolean isExam(NodeId worker, Span unit) {
        return electorate.of(worker).exams.contains(unit);
    }

    @Override
    public List<Verdict> examined(Vote vote) {
        Elector worker = electorate.of(vote.worker());
        Case unit = cases.find(vote.unit());
        if (!worker.exams.remove(vote.unit()) || worker.banned() || !exams.isKnown(unit) || !maySpeak(worker, unit)) {
            return List.of();
        }
        Ballot answer = new Ballot(unit, worker, vote);
        if (answer.agrees(unit.first)) {
            court.passed(worker, unit);
        } else {
            unit.doubts++;
            electorate.voted(worker);
            court.heard(cast(answer));
        }
        return court.close();
    }

    @Override
    public void release(Span span) {
        Case unit = cases.find(span);
        if (unit == null || unit.state() != UnitState.ACCEPTED) {
            throw new IllegalStateException("unit " + span + " is not accepted");
        }
        court.finish(unit);
    }

    @Override
    public boolean canDoWithout(Span span, boolean idle) {
        Case unit = cases.find(span);
        Count count = unit == null ? null : Count.of(unit, electorate);
        return count != null
                && count.top() > 1
                && (count.top() == count.votes() || idle && 2 * count.top() > count.votes());
    }

    @Override
    public List<Verdict> settleForLack(Span span) {
        Case unit = cases.find(span);
        if (unit == null || unit.first == null || unit.state().accepted() || unit.state() == UnitState.WAITING) {
            return List.of();
        }
        court.settleForLack(unit);
        noteUnverified(unit);
        return court.close();
    }

    @Override
    public List<Verdict> restore(Span span, UnitState state, boolean drawn, List<Vote> votes) {
        Case unit = cases.of(span);
        if (unit.first != null) {
            throw new IllegalArgumentException("unit " + span + " has votes already");
        }
        for (Vote vote : votes) {
            if (!vote.unit().equals(span)) {
                throw new IllegalArgumentException("a vote on " + vote.unit() + " among those on " + span);
            }
            Elector voter = electorate.of(vote.worker());
            if ((state == UnitState.FINAL || !voter.banned()) && !unit.has(voter)) {
                electorate.voted(voter);
                cast(new Ballot(unit, voter, vote));
            }
        }
        court.restored(unit, state, drawn);
        noteUnverified(unit);
        return court.take();
    }

    @Override
    public List<Vote> votes(Span span) {
        Case unit = cases.find(span);
        return unit == null ? List.of() : unit.votes();
    }

    @Override
    public Rates rates() {
        return measured.rates();
    }

    @Override
    public Guarantee guarantee() {
        return electorate.guarantee();
    }

    private static Ballot cast(Ballot ballot) {
        ballot.of.add(ballot);
        ballot.voter.cast(ballot);
        return ballot;
    }

    private void noteUnverified(Case unit) {
        if (unit.state() == UnitState.UNVERIFIED) {
            unverified.add(unit);
        }
    }

    private boolean mayCompute(Elector worker, Case unit, List<NodeId> holders) {
        if (unit != null && unit.state().disputed() && !maySit(worker)) {
            return false;
        }
        return (unit == null || maySpeak(worker, unit)) && nobodyHasItsVote(worker, holders, unit);
    }

    private boolean maySit(Elector worker) {
        return electorate.refereeDecides() ? worker.referee : worker.proven() || !electorate.crowd();
    }

    private boolean nobodyHasItsVote(Elector worker, List<NodeId> holders, Case unit) {
        if (isRefereeIn(worker, unit)) {
            return true;
        }
        for (NodeId holder : holders) {
            if (electorate.sameVote(worker, electorate.of(holder))) {
                return false;
            }
        }
        return true;
    }

    /** True when the worker's operator has no vote on the unit yet, or it is the referee who is to decide. */
    private boolean maySpeak(Elector worker, Case unit) {
        return isRefereeIn(worker, unit)
                ? !unit.has(worker)
                : unit.find(ballot -> electorate.sameVote(ballot.voter, worker)) == null;
    }

    private boolean isRefereeIn(Elector worker, Case unit) {
        return worker.referee && unit != null && unit.state().disputed() && electorate.refereeDecides();
    }
}
