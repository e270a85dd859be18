package io.flockwork.worker.master;

import io.flockwork.sdk.model.Span;
import io.flockwork.worker.verify.Hold;
import io.flockwork.worker.verify.Verification;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Results become final here, one after the other, each with a number in that order. The upper half of a number is its master's
 * epoch, so that two masters that do not know of each other never give the same. Nobody is told of a result before a second core
 * has it. Confined to the master's loop.
 */
final class Releases {
    private final Ledger ledger;
    private final Verification verification;
    private final Optional<Hold> hold;
    private final FinalStream stream;
    private final LongSupplier nanos;
    private final List<UnitRecord> untold = new ArrayList<>();
    private long last;
    private boolean kept;

    /**
     * @param hold absent when results are final at the job's end only
     * @param nanos the loop's time
     */
    Releases(
            int epoch,
            Ledger ledger,
            Verification verification,
            Optional<Hold> hold,
            FinalStream stream,
            LongSupplier nanos) {
        this.ledger = ledger;
        this.verification = verification;
        this.hold = hold;
        this.stream = stream;
        this.nanos = nanos;
        this.last = (long) epoch << Integer.SIZE;
    }

    /** The epoch of the master that gave this number. */
    static int epoch(long sequence) {
        return (int) (sequence >>> Integer.SIZE);
    }

    /** Takes up what earlier masters have told, in their order; what only a part of the grid was told comes last. */
    void restore() {
        ledger.all().stream()
                .filter(UnitRecord::isFinal)
                .sorted(Comparator.comparing((UnitRecord unit) -> unit.sequence() == 0)
                        .thenComparingLong(UnitRecord::sequence)
                        .thenComparing(unit -> unit.span))
                .forEach(unit -> {
                    number(unit);
                    untold.add(unit);
                });
    }

    /** The unit has a verified result. */
    void stands(Span unit) {
        hold.ifPresent(any -> any.begins(unit, nanos.getAsLong()));
    }

    /** The unit has none after all. */
    void falls(Span unit) {
        hold.ifPresent(any -> any.ends(unit));
    }

    /**
     * What has stood for the hold is final from now on; nothing while nobody but the answers' own operator vouches for them. Nor before
     * all that earlier masters told is kept under this one's name: the next master could else not tell what a fork alone has told.
     */
    void releaseDue() {
        if (!kept || verification.guarantee().isNone()) {
            return;
        }
        hold.map(any -> any.due(nanos.getAsLong())).orElse(List.of()).forEach(this::release);
    }

    private void release(Span span) {
        UnitRecord unit = ledger.of(span);
        verification.release(span);
        unit.release();
        number(unit);
        untold.add(unit);
        ledger.changed(unit);
    }

    /** The job ends: all that have settled are final, these in their order after those before. */
    void releaseAll(Collection<UnitRecord> settled) {
        settled.forEach(this::number);
    }

    private void number(UnitRecord unit) {
        if (unit.sequence() == 0) {
            unit.numberedFinal(++last);
            ledger.changed(unit);
        }
    }

    /** To be called when the ledger's changes are taken for keeping, and what it gives when they are safe. */
    Runnable toTell() {
        List<UnitRecord> covered = List.copyOf(untold);
        return () -> {
            kept = true;
            untold.subList(0, covered.size()).clear();
            stream.tell(covered);
        };
    }

    /** Who is told. */
    FinalStream stream() {
        return stream;
    }
}
