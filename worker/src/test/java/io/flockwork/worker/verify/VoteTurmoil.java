package io.flockwork.worker.verify;

import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Reputation;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.model.Standing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A small grid gone mad: workers come, vote in any order, lie at random, are banned elsewhere. Keeps what a master keeps, by
 * what the verdicts say and nothing else, so that another policy can be restored from it at any moment.
 */
final class VoteTurmoil {
    /** What a master keeps of a unit. */
    static final class Kept {
        UnitState state = UnitState.FRESH;
        boolean drawn;
        BlobId result;
        boolean verified;
        List<Vote> votes = new ArrayList<>();
    }

    private record Copy(int unit, int worker) {}

    static final byte[] KEY = "a lottery's key!".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    static final Knobs KNOBS = new Knobs(.02, .1, .05, 2, 4, 1, .05, 5, 1);
    static final int UNITS = 30;
    private static final List<BlobId> ANSWERS =
            List.of(new BlobId("a".repeat(64)), new BlobId("b".repeat(64)), new BlobId("c".repeat(64)));

    final List<Verdict> verdicts = new ArrayList<>();
    final Map<Integer, Kept> kept = new TreeMap<>();
    final Map<NodeId, Reputation> reputations = new LinkedHashMap<>();
    private final SplittableRandom random;
    private final Verification policy;
    private final OpenCopies open = new OpenCopies(UNITS);
    private final List<Voter> voters = new ArrayList<>();
    private final List<Copy> out = new ArrayList<>();
    private final double lying;
    private final boolean streams;
    private int fresh;
    /** Gets the same calls, and has to answer the same. */
    private Verification twin;

    VoteTurmoil(long seed) {
        this(seed, false);
    }

    /** @param streams results become final now and then, whenever */
    VoteTurmoil(long seed, boolean streams) {
        this.streams = streams;
        random = new SplittableRandom(seed);
        policy = new LateLottery(KNOBS, KEY, Rates.NONE);
        lying = random.nextInt(3) * .2;
        int operators = 1 + random.nextInt(8);
        int workers = 1 + random.nextInt(12);
        boolean referee = random.nextBoolean();
        for (int i = 0; i < workers; i++) {
            NodeId id = new NodeId("" + (char) ('a' + i));
            voters.add(new Voter(id, "operator " + i % operators, referee && i == 0));
        }
        arrive(voters.get(0));
    }

    /** So many events, each drawn at random. */
    VoteTurmoil run(int events) {
        for (int i = 0; i < events; i++) {
            step();
        }
        return this;
    }

    /** No more surprises: everybody computes until nothing is left to do, and what nobody may compute is settled. */
    VoteTurmoil settle() {
        voters.forEach(this::arrive);
        boolean lacking;
        do {
            while (giveAnybody() || !out.isEmpty()) {
                answer();
            }
            lacking = false;
            for (int unit : open.missing()) {
                boolean contested = kept.get(unit).state == UnitState.CONTESTED;
                int before = verdicts.size();
                say(any -> any.settleForLack(span(unit)));
                lacking |= !contested && verdicts.size() > before;
            }
        } while (lacking);
        return this;
    }

    /** From here on another policy, restored from what is kept, gets the same calls. */
    VoteTurmoil twin() {
        twin = new LateLottery(KNOBS, KEY, policy.rates());
        reputations.values().forEach(twin::learn);
        voters.stream().filter(voter -> reputations.containsKey(voter.id())).forEach(twin::arrived);
        kept.forEach((unit, record) -> twin.restore(span(unit), record.state, record.drawn, record.votes));
        return this;
    }

    Verification policy() {
        return policy;
    }

    private void step() {
        switch (random.nextInt(20)) {
            case 0, 1 -> arrive(voters.get(random.nextInt(voters.size())));
            case 2 -> banElsewhere(voters.get(random.nextInt(voters.size())).id());
            case 12 -> {
                if (streams) {
                    release(random.nextInt(UNITS));
                } else {
                    answer();
                }
            }
            case 3, 4, 5, 6, 7, 8, 9, 10, 11 -> give(random.nextInt(voters.size()));
            default -> answer();
        }
    }

    private void arrive(Voter voter) {
        reputations.computeIfAbsent(voter.id(), id -> Reputation.of(id, false, KNOBS.exams()));
        say(any -> any.arrived(voter));
    }

    private void banElsewhere(NodeId worker) {
        if (random.nextInt(5) == 0 && reputations.containsKey(worker)) {
            Reputation banned = reputations.get(worker).struck(true, KNOBS.exams());
            reputations.put(worker, banned);
            say(any -> any.learn(banned));
        }
    }

    private void release(int unit) {
        Kept record = kept.get(unit);
        if (record != null && record.state == UnitState.ACCEPTED) {
            policy.release(span(unit));
            if (twin != null) {
                twin.release(span(unit));
            }
            record.state = UnitState.FINAL;
        }
    }

    private boolean giveAnybody() {
        int first = random.nextInt(voters.size());
        for (int i = 0; i < voters.size(); i++) {
            if (give((first + i) % voters.size())) {
                return true;
            }
        }
        return false;
    }

    private boolean give(int worker) {
        NodeId id = voters.get(worker).id();
        if (!reputations.containsKey(id) || reputations.get(id).standing() == Standing.BANNED) {
            return false;
        }
        int unit = open.draw(random, UNITS, any -> policy.mayCompute(id, span(any), open.holders(any)));
        if (unit < 0 && fresh < UNITS) {
            unit = fresh++;
            open.want(unit, policy.copiesOfFresh());
            kept.put(unit, new Kept());
        }
        if (unit >= 0) {
            open.given(unit, id);
            out.add(new Copy(unit, worker));
        }
        return unit >= 0;
    }

    private void answer() {
        if (out.isEmpty()) {
            return;
        }
        Copy copy = out.remove(random.nextInt(out.size()));
        NodeId id = voters.get(copy.worker).id();
        open.back(copy.unit, id);
        BlobId digest = ANSWERS.get(random.nextDouble() < lying ? 1 + random.nextInt(2) : 0);
        Vote vote = new Vote(span(copy.unit), id, digest, 0);
        int before = policy.votes(vote.unit()).size();
        if (policy.votes(vote.unit()).stream().noneMatch(cast -> cast.worker().equals(id))) {
            kept.get(copy.unit).votes.add(vote);
        }
        say(any -> any.vote(vote));
        if (policy.votes(vote.unit()).size() <= before) {
            // It did not count, or somebody's was dropped; what is held is what is kept.
            kept.get(copy.unit).votes = new ArrayList<>(policy.votes(vote.unit()));
        }
    }

    private void say(java.util.function.Function<Verification, List<Verdict>> call) {
        List<Verdict> said = call.apply(policy);
        if (twin != null && !said.equals(call.apply(twin))) {
            throw new AssertionError("the restored policy differs from " + said);
        }
        said.forEach(this::obey);
        verdicts.addAll(said);
    }

    private void obey(Verdict verdict) {
        int unit = (int) verdict.unit().from();
        Kept record = kept.get(unit);
        if (record.state == UnitState.FINAL && !isAboutWorkers(verdict)) {
            throw new AssertionError("said of a final result: " + verdict);
        }
        if (verdict instanceof Verdict.Wanted wanted) {
            open.want(unit, wanted.copies());
            record.state = wanted.state();
            record.drawn = wanted.drawn();
        } else if (verdict instanceof Verdict.Accepted accepted) {
            open.want(unit, 0);
            record.result = accepted.digest();
            record.verified = accepted.verified();
            record.state = accepted.verified() ? UnitState.ACCEPTED : UnitState.UNVERIFIED;
            record.drawn = false;
        } else if (verdict instanceof Verdict.Withdrawn) {
            record.result = null;
        } else if (verdict instanceof Verdict.Contested) {
            record.state = UnitState.CONTESTED;
        } else if (verdict instanceof Verdict.Dropped dropped) {
            record.votes.removeIf(vote -> vote.worker().equals(dropped.worker()));
        } else if (verdict instanceof Verdict.Passed passed) {
            reputations.put(passed.worker(), passed.now());
        } else if (verdict instanceof Verdict.Struck struck) {
            reputations.put(struck.worker(), struck.now());
        }
    }

    private static boolean isAboutWorkers(Verdict verdict) {
        return verdict instanceof Verdict.Late
                || verdict instanceof Verdict.Dropped
                || verdict instanceof Verdict.Passed
                || verdict instanceof Verdict.Struck;
    }

    static Span span(int unit) {
        return new Span(unit, unit + 1);
    }
}
