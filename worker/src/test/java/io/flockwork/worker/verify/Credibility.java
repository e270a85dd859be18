package io.flockwork.worker.verify;

import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Reputation;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.model.Standing;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Sarmenta's credibility-based fault tolerance (CCGrid 2001) with spot checks and blacklisting: a worker that passed k spot
 * checks is right with a chance of 1 - f / (e k), a fresh one with 1 - f; a result is accepted when its group is right with a
 * chance of 1 - threshold, by Bayes' rule over the groups. A tenth of a worker's work is spot checks, of units whose
 * result is known; who fails one gets nothing more. What was accepted stays accepted.
 */
final class Credibility extends SimplePolicy {
    private static final double ASSUMED = .35;
    private static final double SPOT_CHECKS = .1;

    private final double threshold;
    private final SplittableRandom random;
    private final Map<NodeId, Integer> passed = new HashMap<>();
    private final Set<NodeId> blacklist = new HashSet<>();
    private final int units;

    Credibility(double threshold, int units, long seed) {
        this.threshold = threshold;
        this.units = units;
        this.random = new SplittableRandom(seed);
    }

    @Override
    public boolean mayCompute(NodeId worker, Span unit, List<NodeId> holders) {
        return !blacklist.contains(worker) && super.mayCompute(worker, unit, holders);
    }

    @Override
    public List<Span> exams(NodeId worker, int most) {
        if (random.nextDouble() >= SPOT_CHECKS) {
            return List.of();
        }
        int spot = random.nextInt(units);
        return List.of(new Span(spot, spot + 1));
    }

    @Override
    public List<Verdict> examined(Vote vote) {
        if (Answers.isRight(vote.digest())) {
            passed.merge(vote.worker(), 1, Integer::sum);
            return List.of();
        }
        blacklist.add(vote.worker());
        Reputation gone = new Reputation(vote.worker(), Standing.BANNED, 0, 1, 0, false, 0);
        return List.of(new Verdict.Struck(vote.unit(), vote.worker(), vote.digest(), vote.digest(), false, gone));
    }

    @Override
    List<Verdict> judge(Span unit, List<Vote> votes) {
        Map<BlobId, double[]> groups = new LinkedHashMap<>();
        for (Vote vote : votes) {
            if (!blacklist.contains(vote.worker())) {
                double wrong = wrong(vote.worker());
                double[] group = groups.computeIfAbsent(vote.digest(), any -> new double[] {1, 1});
                group[0] *= 1 - wrong;
                group[1] *= wrong;
            }
        }
        double all = groups.values().stream().mapToDouble(group -> group[1]).reduce(1, (a, b) -> a * b);
        double sum = all;
        for (double[] group : groups.values()) {
            sum += group[0] * all / group[1];
        }
        for (Map.Entry<BlobId, double[]> group : groups.entrySet()) {
            double right = group.getValue()[0] * all / group.getValue()[1] / sum;
            if (right >= 1 - threshold) {
                return accept(unit, group.getKey());
            }
        }
        return wantOne(unit);
    }

    private double wrong(NodeId worker) {
        int checks = passed.getOrDefault(worker, 0);
        return checks == 0 ? ASSUMED : Math.min(ASSUMED, ASSUMED / (Math.E * checks));
    }
}
