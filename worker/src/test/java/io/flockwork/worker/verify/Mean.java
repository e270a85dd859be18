package io.flockwork.worker.verify;

import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/** Several runs of one world, which differ in their seeds. */
record Mean(List<WorldRun.Outcome> runs) {
    static Mean of(long firstSeed, int runs, LongFunction<WorldRun.Outcome> run) {
        return new Mean(LongStream.range(firstSeed, firstSeed + runs)
                .parallel()
                .mapToObj(run)
                .toList());
    }

    double wrong() {
        return runs.stream().mapToDouble(WorldRun.Outcome::wrongShare).average().orElseThrow();
    }

    double mostWrong() {
        return runs.stream().mapToDouble(WorldRun.Outcome::wrongShare).max().orElseThrow();
    }

    double cost() {
        return runs.stream().mapToDouble(WorldRun.Outcome::cost).average().orElseThrow();
    }

    int undecided() {
        return runs.stream().mapToInt(WorldRun.Outcome::undecided).sum();
    }

    /** Honest workers banned in a run. */
    double honestBanned() {
        return runs.stream().mapToInt(WorldRun.Outcome::honestBanned).average().orElseThrow();
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.1e @ %.3f (worst %.1e)", wrong(), cost(), mostWrong());
    }
}
