package io.flockwork.worker.verify;

import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Span;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * BOINC's adaptive replication: two equal answers decide; a host with more than 10 consecutive valid results is believed on
 * its own, except with a chance of 10 over their number.
 */
final class AdaptiveReplication extends SimplePolicy {
    private static final int TRUSTED = 10;

    private final Map<NodeId, Integer> valid = new HashMap<>();
    private final SplittableRandom random;

    AdaptiveReplication(long seed) {
        random = new SplittableRandom(seed);
    }

    @Override
    List<Verdict> judge(Span unit, List<Vote> votes) {
        Vote last = votes.get(votes.size() - 1);
        if (votes.size() == 1) {
            int streak = valid.getOrDefault(last.worker(), 0);
            boolean alone = streak > TRUSTED && random.nextDouble() >= (double) TRUSTED / streak;
            return alone ? decide(unit, votes, last.digest()) : wantOne(unit);
        }
        return agreeing(votes, last.digest()) >= 2 ? decide(unit, votes, last.digest()) : wantOne(unit);
    }

    private List<Verdict> decide(Span unit, List<Vote> votes, BlobId digest) {
        for (Vote vote : votes) {
            int streak = valid.getOrDefault(vote.worker(), 0);
            valid.put(vote.worker(), vote.digest().equals(digest) ? streak + 1 : 0);
        }
        return accept(unit, digest);
    }
}
