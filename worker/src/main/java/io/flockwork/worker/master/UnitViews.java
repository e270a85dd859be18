package io.flockwork.worker.master;

import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.Span;
import io.flockwork.worker.master.UnitView.VoteView;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What a master shows of its units. Nobody learns from it what to answer: a digest is shown when its unit has settled. Confined to the master's loop. */
final class UnitViews {
    private static final int DIGEST_DIGITS = 12;

    private final Split split;
    private final Ledger ledger;

    UnitViews(Split split, Ledger ledger) {
        this.split = split;
        this.ledger = ledger;
    }

    /** At most so many cells, fewer where there are fewer indices. */
    UnitMap map(int most) {
        Optional<Span> space = split.space();
        if (space.isEmpty()) {
            return UnitMap.empty(0);
        }
        UnitMap.Drawing drawing =
                new UnitMap.Drawing(space.get().from(), space.get().size(), most);
        ledger.all().forEach(unit -> drawing.add(unit.span, phase(unit)));
        return drawing.map();
    }

    private static UnitPhase phase(UnitRecord unit) {
        if (unit.state() == UnitRecord.State.FAILED) {
            return UnitPhase.FAILED;
        }
        if (unit.isFinal()) {
            return UnitPhase.FINAL;
        }
        if (unit.state() == UnitRecord.State.ACCEPTED) {
            return unit.verified() ? UnitPhase.ACCEPTED : UnitPhase.UNVERIFIED;
        }
        return unit.poll().disputed() ? UnitPhase.CONTESTED : UnitPhase.RUNNING;
    }

    /** Units that somebody has tried, in order. */
    UnitView.Part units(Optional<UnitPhase> wanted, int offset, int limit) {
        List<UnitRecord> sorted = ledger.all().stream()
                .filter(unit -> wanted.map(phase(unit)::equals).orElse(true))
                .sorted(Comparator.comparing(unit -> unit.span))
                .toList();
        List<UnitView> shown =
                sorted.stream().skip(offset).limit(limit).map(UnitViews::view).toList();
        return new UnitView.Part(shown, sorted.size());
    }

    private static UnitView view(UnitRecord unit) {
        Optional<BlobId> accepted = Optional.ofNullable(unit.digest());
        List<VoteView> votes = unit.ballots().stream()
                .map(ballot -> new VoteView(
                        ballot.worker(),
                        accepted.map(any -> ballot.digest().hex().substring(0, DIGEST_DIGITS))
                                .orElse(""),
                        accepted.map(ballot.digest()::equals).orElse(null),
                        ballot.dropped()))
                .toList();
        return new UnitView(unit.span, phase(unit), votes, unit.debtors(), unit.failures(), unit.cause());
    }
}
