package io.flockwork.worker.verify;

import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.Guarantee;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Reputation;
import io.flockwork.sdk.model.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What the policies that others use have in common: they accept once and never look back. */
abstract class SimplePolicy implements Verification {
    private final Map<Span, List<Vote>> open = new HashMap<>();
    private final Map<Span, BlobId> accepted = new HashMap<>();

    /** What follows from all votes on a unit, the last of which is new. */
    abstract List<Verdict> judge(Span unit, List<Vote> votes);

    @Override
    public int copiesOfFresh() {
        return 1;
    }

    @Override
    public List<Verdict> vote(Vote vote) {
        BlobId result = accepted.get(vote.unit());
        if (result != null) {
            return List.of(new Verdict.Late(vote.unit(), vote.worker(), result.equals(vote.digest())));
        }
        List<Vote> votes = open.computeIfAbsent(vote.unit(), any -> new ArrayList<>(2));
        votes.add(vote);
        return judge(vote.unit(), votes);
    }

    @Override
    public boolean mayCompute(NodeId worker, Span unit, List<NodeId> holders) {
        return votes(unit).stream().noneMatch(vote -> vote.worker().equals(worker)) && !holders.contains(worker);
    }

    List<Verdict> accept(Span unit, BlobId digest) {
        List<Vote> votes = open.remove(unit);
        accepted.put(unit, digest);
        return List.of(new Verdict.Accepted(
                unit, digest, votes.stream().map(Vote::worker).toList(), List.of(), true));
    }

    static List<Verdict> wantOne(Span unit) {
        return List.of(new Verdict.Wanted(unit, 1, UnitState.AUDIT, false));
    }

    static long agreeing(List<Vote> votes, BlobId digest) {
        return votes.stream().filter(vote -> vote.digest().equals(digest)).count();
    }

    @Override
    public void release(Span unit) {
        // Nothing is ever withdrawn.
    }

    @Override
    public List<Vote> votes(Span unit) {
        return open.getOrDefault(unit, List.of());
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
    public boolean canDoWithout(Span unit, boolean idle) {
        return false;
    }

    @Override
    public List<Verdict> settleForLack(Span unit) {
        return List.of();
    }

    @Override
    public List<Verdict> restore(Span unit, UnitState state, boolean drawn, List<Vote> votes) {
        throw new UnsupportedOperationException("for simulations only");
    }

    @Override
    public Rates rates() {
        return Rates.NONE;
    }

    @Override
    public Guarantee guarantee() {
        return Guarantee.SMALL_JURY;
    }
}
