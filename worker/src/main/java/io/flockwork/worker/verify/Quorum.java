package io.flockwork.worker.verify;

import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.Guarantee;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Reputation;
import io.flockwork.sdk.model.Span;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Accepts the first digest that {@code quorum} different workers gave. Wants that many copies at first, then as many more
 * as the leading digest lacks. The votes of an accepted unit are dropped.
 */
public final class Quorum implements Verification {
    private final int quorum;
    private final AcceptedResults accepted;
    private final CaseTable undecided = new CaseTable();
    private final Electorate electorate = new Electorate(Knobs.of(1e-3, 1));

    /**
     * @param quorum equal votes of different workers that an answer needs, 1 to 15
     * @param accepted tells a late vote from a first one; is to know a result as soon as this policy has accepted it
     */
    public Quorum(int quorum, AcceptedResults accepted) {
        if (quorum < 1 || quorum > 15) {
            throw new IllegalArgumentException("quorum must be from 1 to 15, not " + quorum);
        }
        this.quorum = quorum;
        this.accepted = accepted;
    }

    @Override
    public int copiesOfFresh() {
        return quorum;
    }

    @Override
    public List<Verdict> arrived(Voter voter) {
        return List.of();
    }

    @Override
    public List<Verdict> learn(Reputation reputation) {
        return List.of();
    }

    @Override
    public boolean isWelcome(NodeId worker) {
        return true;
    }

    @Override
    public int allowance(NodeId worker) {
        return Integer.MAX_VALUE;
    }

    @Override
    public List<Verdict> spare(Predicate<Span> idle) {
        return List.of();
    }

    @Override
    public boolean mayCompute(NodeId worker, Span unit, List<NodeId> holders) {
        Case votes = undecided.find(unit);
        return votes == null || !votes.has(electorate.of(worker));
    }

    @Override
    public List<Verdict> vote(Vote vote) {
        Case unit = undecided.find(vote.unit());
        if (unit == null) {
            Optional<BlobId> result = accepted.of(vote.unit());
            if (result.isPresent()) {
                boolean agrees = result.get().equals(vote.digest());
                return List.of(new Verdict.Late(vote.unit(), vote.worker(), agrees));
            }
            unit = undecided.of(vote.unit());
        }
        Elector voter = electorate.of(vote.worker());
        return unit.has(voter) ? List.of() : count(vote, unit, voter);
    }

    @Override
    public List<Span> exams(NodeId worker, int most) {
        return List.of();
    }

    @Override
    public boolean isExam(NodeId worker, Span unit) {
        return false;
    }

    @Override
    public List<Verdict> examined(Vote vote) {
        return List.of();
    }

    @Override
    public void release(Span unit) {
        // What a quorum has accepted it never takes back.
    }

    @Override
    public boolean canDoWithout(Span unit, boolean idle) {
        return false;
    }

    @Override
    public List<Verdict> settleForLack(Span span) {
        Case unit = undecided.find(span);
        if (unit == null) {
            return List.of();
        }
        Count count = Count.of(unit, electorate);
        return List.of(
                2 * count.top() > count.votes() ? accept(unit, count.leader(), false) : new Verdict.Contested(span));
    }

    @Override
    public List<Verdict> restore(Span unit, UnitState state, boolean drawn, List<Vote> votes) {
        List<Verdict> standing = List.of();
        for (Vote vote : state == UnitState.FINAL ? List.<Vote>of() : votes) {
            if (!vote.unit().equals(unit)) {
                throw new IllegalArgumentException("a vote on " + vote.unit() + " among those on " + unit);
            }
            List<Verdict> verdicts = vote(vote);
            standing = verdicts.isEmpty() ? standing : verdicts;
            if (!standing.isEmpty() && standing.get(0) instanceof Verdict.Accepted) {
                return standing;
            }
        }
        return standing;
    }

    @Override
    public List<Vote> votes(Span span) {
        Case unit = undecided.find(span);
        return unit == null ? List.of() : unit.votes();
    }

    @Override
    public Rates rates() {
        return Rates.NONE;
    }

    @Override
    public Guarantee guarantee() {
        return Guarantee.QUORUM;
    }

    private List<Verdict> count(Vote vote, Case unit, Elector voter) {
        unit.add(new Ballot(unit, voter, vote));
        Count count = Count.of(unit, electorate);
        int missing = quorum - count.top();
        UnitState state = count.disputed() ? UnitState.JURY : UnitState.AUDIT;
        return List.of(
                missing > 0
                        ? new Verdict.Wanted(vote.unit(), missing, state, false)
                        : accept(unit, count.leader(), true));
    }

    private Verdict accept(Case unit, Ballot winner, boolean verified) {
        undecided.remove(unit);
        return new Verdict.Accepted(
                unit.unit(),
                winner.digest(),
                unit.voters(winner::agrees),
                unit.voters(ballot -> !ballot.agrees(winner)),
                verified);
    }
}
