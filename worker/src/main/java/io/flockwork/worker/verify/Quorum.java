package io.flockwork.worker.verify;

import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.Guarantee;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Reputation;
import io.flockwork.sdk.model.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Accepts the first digest that {@code quorum} different workers gave. Wants that many copies at first, then as many more
 * as the leading digest lacks. The votes of an accepted unit are dropped.
 */
public final class Quorum implements Verification {
    private final int quorum;
    private final AcceptedResults accepted;
    private final BallotBox undecided = new BallotBox();

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
    public boolean mayCompute(NodeId worker, Span unit, List<NodeId> holders) {
        return !hasVoted(worker, undecided.first(unit));
    }

    @Override
    public List<Verdict> vote(Vote vote) {
        Ballot first = undecided.first(vote.unit());
        if (first == null) {
            Optional<BlobId> result = accepted.of(vote.unit());
            return result.isPresent() ? late(vote, result.get()) : open(vote);
        }
        return hasVoted(vote.worker(), first) ? List.of() : count(vote, first);
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
    public List<Verdict> settleForLack(Span unit) {
        Ballot first = undecided.first(unit);
        if (first == null) {
            return List.of();
        }
        Ballot lead = leader(first);
        if (2 * agreeing(first, lead) <= votesFrom(first)) {
            return List.of(new Verdict.Contested(unit));
        }
        return List.of(accept(unit, first, lead, lead.digest(), false));
    }

    @Override
    public List<Verdict> restore(Span unit, UnitState state, List<Vote> votes) {
        List<Verdict> standing = List.of();
        for (Vote vote : votes) {
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
    public List<Vote> votes(Span unit) {
        List<Vote> votes = new ArrayList<>();
        for (Ballot b = undecided.first(unit); b != null; b = b.nextVote) {
            votes.add(b.vote());
        }
        return votes;
    }

    @Override
    public Rates rates() {
        return Rates.NONE;
    }

    @Override
    public Guarantee guarantee() {
        return Guarantee.QUORUM;
    }

    private List<Verdict> late(Vote vote, BlobId result) {
        boolean agrees = result.equals(vote.digest());
        return List.of(new Verdict.Late(vote.unit(), vote.worker(), agrees));
    }

    private List<Verdict> open(Vote vote) {
        if (quorum == 1) {
            return List.of(new Verdict.Accepted(vote.unit(), vote.digest(), List.of(vote.worker()), List.of(), true));
        }
        undecided.add(new Ballot(vote));
        return List.of(new Verdict.Wanted(vote.unit(), quorum - 1, UnitState.AUDIT));
    }

    private List<Verdict> count(Vote vote, Ballot first) {
        Ballot cast = new Ballot(vote);
        Ballot last = first;
        while (last.nextVote != null) {
            last = last.nextVote;
        }
        last.nextVote = cast;
        int missing = quorum - agreeing(first, leader(first));
        return missing > 0
                ? List.of(wanted(vote.unit(), first, missing))
                : List.of(accept(vote.unit(), first, cast, vote.digest(), true));
    }

    private static Verdict wanted(Span unit, Ballot first, int missing) {
        boolean equal = agreeing(first, first) == votesFrom(first);
        return new Verdict.Wanted(unit, missing, equal ? UnitState.AUDIT : UnitState.JURY);
    }

    private Verdict accept(Span unit, Ballot first, Ballot winner, BlobId digest, boolean verified) {
        undecided.remove(first);
        List<NodeId> agreeing = new ArrayList<>();
        List<NodeId> outvoted = new ArrayList<>();
        for (Ballot b = first; b != null; b = b.nextVote) {
            (b.agrees(winner) ? agreeing : outvoted).add(b.worker);
        }
        return new Verdict.Accepted(unit, digest, List.copyOf(agreeing), List.copyOf(outvoted), verified);
    }

    /** A ballot with the digest that has most votes; among equals the one that was given first. */
    private static Ballot leader(Ballot first) {
        Ballot leader = first;
        int most = 0;
        for (Ballot b = first; b != null; b = b.nextVote) {
            int votes = agreeing(first, b);
            if (votes > most) {
                most = votes;
                leader = b;
            }
        }
        return leader;
    }

    private static int agreeing(Ballot first, Ballot with) {
        int votes = 0;
        for (Ballot b = first; b != null; b = b.nextVote) {
            votes += b.agrees(with) ? 1 : 0;
        }
        return votes;
    }

    private static int votesFrom(Ballot first) {
        int votes = 0;
        for (Ballot b = first; b != null; b = b.nextVote) {
            votes++;
        }
        return votes;
    }

    private static boolean hasVoted(NodeId worker, Ballot first) {
        for (Ballot b = first; b != null; b = b.nextVote) {
            if (b.worker.equals(worker)) {
                return true;
            }
        }
        return false;
    }
}
