package io.flockwork.sdk.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that the grid knows of a worker's answers. Changed only by a {@link Judgement}, on the member that owns the worker's key.
 *
 * @param agreed answers of it that others confirmed, ever
 * @param outvoted answers of it that were proven wrong, ever
 * @param strikes the last of these since it was last pardoned, at most {@value #MOST_STRIKES}, the newest first
 */
public record Conduct(Reputation reputation, long agreed, long outvoted, List<Strike> strikes) {
    /** Strikes that are remembered one by one. */
    public static final int MOST_STRIKES = 20;

    private static final Comparator<Strike> NEWEST_FIRST =
            Comparator.comparingLong(Strike::millis).reversed();

    public Conduct {
        if (strikes.size() > MOST_STRIKES || agreed < 0 || outvoted < 0) {
            throw new IllegalArgumentException("not a worker's conduct");
        }
        strikes = List.copyOf(strikes);
    }

    /** After this step, taken by a worker of whom {@code before} was known. */
    public static Conduct after(Optional<Conduct> before, NodeId worker, Judgement judgement) {
        if (judgement instanceof Judgement.Remembered remembered) {
            return before.map(remembered.conduct()::merged).orElse(remembered.conduct());
        }
        if (judgement instanceof Judgement.Seen seen) {
            return before.orElseGet(() -> nothingKnown(seen.now())).after(seen);
        }
        return before.orElseGet(() -> nothingKnown(Reputation.of(worker, false)))
                .pardoned();
    }

    private static Conduct nothingKnown(Reputation reputation) {
        return new Conduct(reputation, 0, 0, List.of());
    }

    private Conduct after(Judgement.Seen seen) {
        List<Strike> all = new ArrayList<>(strikes);
        for (Strike strike : seen.strikes()) {
            // A step whose answer was lost is taken again.
            if (!all.contains(strike)) {
                all.add(0, strike);
            }
        }
        return new Conduct(
                reputation.merged(seen.now()),
                agreed + seen.confirmed(),
                outvoted + all.size() - strikes.size(),
                newest(all));
    }

    private Conduct pardoned() {
        return new Conduct(reputation.pardoned(), agreed, outvoted, List.of());
    }

    /** What is known when both this and {@code other} are; the order does not matter. */
    public Conduct merged(Conduct other) {
        int pardons = Integer.compare(reputation.pardons(), other.reputation.pardons());
        Set<Strike> both = new LinkedHashSet<>();
        if (pardons >= 0) {
            both.addAll(strikes);
        }
        if (pardons <= 0) {
            both.addAll(other.strikes);
        }
        List<Strike> sorted = new ArrayList<>(both);
        sorted.sort(NEWEST_FIRST.thenComparing(Strike::job).thenComparing(Strike::unit));
        return new Conduct(
                reputation.merged(other.reputation),
                Math.max(agreed, other.agreed),
                Math.max(outvoted, other.outvoted),
                newest(sorted));
    }

    private static List<Strike> newest(List<Strike> strikes) {
        return strikes.subList(0, Math.min(MOST_STRIKES, strikes.size()));
    }

    /** The worker. */
    public NodeId worker() {
        return reputation.worker();
    }

    /** Share of its judged answers that were confirmed; empty while none was judged. */
    public Optional<Double> agreement() {
        long judged = agreed + outvoted;
        return judged == 0 ? Optional.empty() : Optional.of((double) agreed / judged);
    }
}
