package io.flockwork.worker.master;

import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.Span;
import io.flockwork.worker.master.UnitSight.VoteSight;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What a master shows of its units. Nobody learns from it what to answer: a digest is shown when its unit has settled. Confined to the master's loop. */
final class Sights {
    /** From what asks least for attention to what asks most. */
    private static final String RANKS = "au.rcf";

    private static final int DIGEST_DIGITS = 12;

    private final Split split;
    private final Ledger ledger;

    Sights(Split split, Ledger ledger) {
        this.split = split;
        this.ledger = ledger;
    }

    /** At most so many cells, fewer where there are fewer indices. */
    JobMap map(int most) {
        Optional<Span> space = split.space();
        if (space.isEmpty()) {
            return new JobMap(0, 0, "");
        }
        Cells cells = Cells.of(space.get().from(), space.get().size(), most);
        char[] marks = new char[cells.count()];
        long[] covered = new long[cells.count()];
        for (UnitRecord unit : ledger.all()) {
            mark(unit, cells, marks, covered);
        }
        for (int cell = 0; cell < marks.length; cell++) {
            if (covered[cell] < cells.start(cell + 1) - cells.start(cell)) {
                marks[cell] = worse(marks[cell], '.');
            }
        }
        return new JobMap(space.get().from(), space.get().to(), new String(marks));
    }

    private static void mark(UnitRecord unit, Cells cells, char[] marks, long[] covered) {
        char mark = mark(unit);
        int last = cells.of(unit.span.to() - 1);
        for (int cell = cells.of(unit.span.from()); cell <= last; cell++) {
            marks[cell] = worse(marks[cell], mark);
            long start = Math.max(unit.span.from(), cells.start(cell));
            covered[cell] += Math.min(unit.span.to(), cells.start(cell + 1)) - start;
        }
    }

    private static char worse(char one, char other) {
        return RANKS.indexOf(one) >= RANKS.indexOf(other) ? one : other;
    }

    private static char mark(UnitRecord unit) {
        return switch (state(unit)) {
            case "failed" -> 'f';
            case "contested" -> 'c';
            case "unverified" -> 'u';
            case "accepted" -> 'a';
            default -> 'r';
        };
    }

    private static String state(UnitRecord unit) {
        if (unit.state() == UnitRecord.State.FAILED) {
            return "failed";
        }
        if (unit.state() == UnitRecord.State.ACCEPTED) {
            return unit.verified() ? "accepted" : "unverified";
        }
        return unit.poll().disputed() ? "contested" : "running";
    }

    /** Units that somebody has tried, in order. */
    UnitSight.Part units(Optional<String> state, int offset, int limit) {
        List<UnitRecord> wanted = ledger.all().stream()
                .filter(unit -> state.map(state(unit)::equals).orElse(true))
                .toList();
        UnitRecord[] sorted = wanted.toArray(UnitRecord[]::new);
        Arrays.sort(sorted, Comparator.comparing(unit -> unit.span));
        List<UnitSight> shown = Arrays.stream(sorted)
                .skip(offset)
                .limit(limit)
                .map(Sights::sight)
                .toList();
        return new UnitSight.Part(shown, sorted.length);
    }

    private static UnitSight sight(UnitRecord unit) {
        Optional<BlobId> accepted = Optional.ofNullable(unit.digest());
        List<VoteSight> votes = unit.ballots().stream()
                .map(ballot -> new VoteSight(
                        ballot.worker(),
                        accepted.map(any -> ballot.digest().hex().substring(0, DIGEST_DIGITS))
                                .orElse(""),
                        accepted.map(ballot.digest()::equals).orElse(null),
                        ballot.dropped()))
                .toList();
        return new UnitSight(unit.span, state(unit), votes, unit.debtors(), unit.failures(), unit.cause());
    }
}
