package io.flockwork.worker.verify;

import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/** Units computed by workers drawn at random, some of whom lie; copies as the policy wants them. */
final class SaboteurWorld {
    static final int UNITS = 20_000;
    private static final int WORKERS = 1000;
    private static final BlobId RIGHT = new BlobId("a".repeat(64));
    private static final BlobId AGREED_LIE = new BlobId("b".repeat(64));

    private final int quorum;
    private final double saboteurs;
    private final double lying;
    private final boolean colluding;
    private final Random random;
    private final Verification policy;
    private final List<NodeId> workers = new ArrayList<>();
    private int votes;
    private int wrong;
    private int honestOutvoted;
    private int liesOutvoted;

    SaboteurWorld(int quorum, double saboteurs, double lying, boolean colluding, long seed) {
        this.quorum = quorum;
        this.saboteurs = saboteurs;
        this.lying = lying;
        this.colluding = colluding;
        this.random = new Random(seed);
        this.policy = new Quorum(quorum, unit -> Optional.empty());
        for (int worker = 0; worker < WORKERS; worker++) {
            workers.add(new NodeId(JobId.random(random).value()));
        }
    }

    SaboteurWorld run() {
        for (int unit = 0; unit < UNITS; unit++) {
            decide(new Span(unit, unit + 1));
        }
        return this;
    }

    int wrong() {
        return wrong;
    }

    int honestOutvoted() {
        return honestOutvoted;
    }

    int liesOutvoted() {
        return liesOutvoted;
    }

    private void decide(Span unit) {
        int copies = policy.copiesOfFresh();
        while (copies > 0) {
            int worker = random.nextInt(WORKERS);
            if (policy.mayCompute(workers.get(worker), unit, List.of())) {
                votes++;
                copies = copiesAfter(policy.vote(new Vote(unit, workers.get(worker), answer(worker), 0)));
            }
        }
    }

    private BlobId answer(int worker) {
        boolean lies = isSaboteur(worker) && random.nextDouble() < lying;
        if (!lies) {
            return RIGHT;
        }
        return colluding ? AGREED_LIE : new BlobId(String.format("%064x", 1L + worker));
    }

    private boolean isSaboteur(int worker) {
        return worker < saboteurs * WORKERS;
    }

    private int copiesAfter(List<Verdict> verdicts) {
        int copies = 0;
        for (Verdict verdict : verdicts) {
            if (verdict instanceof Verdict.Wanted wanted) {
                copies = wanted.copies();
            } else if (verdict instanceof Verdict.Accepted accepted) {
                count(accepted);
            }
        }
        return copies;
    }

    private void count(Verdict.Accepted accepted) {
        wrong += accepted.digest().equals(RIGHT) ? 0 : 1;
        for (NodeId outvoted : accepted.outvoted()) {
            if (isSaboteur(workers.indexOf(outvoted))) {
                liesOutvoted++;
            } else {
                honestOutvoted++;
            }
        }
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "quorum %d, %.0f %% saboteurs lying %.0f %% of the time%s: %d wrong of %d, %.3f votes a unit, %d lies outvoted",
                quorum,
                100 * saboteurs,
                100 * lying,
                colluding ? " together" : "",
                wrong,
                UNITS,
                (double) votes / UNITS,
                liesOutvoted);
    }
}
