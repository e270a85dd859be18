package io.flockwork.worker.local;

import io.flockwork.sdk.client.JobResult;
import io.flockwork.sdk.client.UnitResult;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.model.UnitOutcome;
import io.flockwork.worker.master.SoleMaster;
import io.flockwork.worker.runtime.OutcomeListener.Ended;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Computes every unit that has a result once more, and compares: what a grid's verification would. Used by one thread. */
final class SecondRun {
    private final SoleMaster master;
    private final Bench bench;
    private final Map<Long, UnitResult> first = new HashMap<>();
    private Difference earliest;
    private long units;
    private long different;

    /**
     * What the second run found.
     *
     * @param units compared
     * @param different units that were not the same
     * @param earliest the first of those, in unit order
     */
    record Comparison(long units, long different, Optional<Difference> earliest) {}

    /**
     * A unit whose two tries differ.
     *
     * @param offset of the first byte that differs; negative when the second try failed
     * @param why in a few words
     */
    record Difference(Span unit, long offset, String why) {}

    SecondRun(SoleMaster master, Bench bench) {
        this.master = master;
        this.bench = bench;
    }

    Comparison over(JobResult result) throws IOException, InterruptedException {
        try (Stream<UnitResult> all = result.units()) {
            Iterator<UnitResult> next =
                    all.filter(unit -> unit.output().isPresent()).iterator();
            while (next.hasNext() || !bench.isIdle()) {
                while (bench.isLow() && next.hasNext()) {
                    UnitResult unit = next.next();
                    first.put(unit.span().from(), unit);
                    bench.add(List.of(master.leased(unit.span())));
                }
                for (Ended ended : bench.await()) {
                    compare(first.remove(ended.unit().from()), ended.outcome());
                }
            }
        }
        return new Comparison(units, different, Optional.ofNullable(earliest));
    }

    private void compare(UnitResult before, UnitOutcome now) throws IOException {
        units++;
        Optional<Difference> found = difference(before, now);
        if (found.isEmpty()) {
            return;
        }
        different++;
        if (earliest == null || before.span().compareTo(earliest.unit()) < 0) {
            earliest = found.get();
        }
    }

    private static Optional<Difference> difference(UnitResult before, UnitOutcome now) throws IOException {
        if (now instanceof UnitOutcome.Failed failed) {
            return Optional.of(new Difference(before.span(), -1, "the second try failed: " + failed.cause()));
        }
        byte[] given = ((UnitOutcome.Done) now).output();
        try (InputStream in = before.output().orElseThrow().open()) {
            byte[] expected = in.readAllBytes();
            int offset = Arrays.mismatch(expected, given);
            return offset < 0
                    ? Optional.empty()
                    : Optional.of(new Difference(before.span(), offset, differs(expected, given, offset)));
        }
    }

    private static String differs(byte[] expected, byte[] given, int offset) {
        if (offset == Math.min(expected.length, given.length)) {
            return "one result has " + expected.length + " bytes, the other " + given.length;
        }
        return String.format("byte %d is 0x%02x, then 0x%02x", offset, expected[offset], given[offset]);
    }
}
