package io.flockwork.worker.api;

import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.wire.ResultList.Entry;
import io.flockwork.worker.master.UnitMap;
import io.flockwork.worker.master.UnitPhase;
import io.flockwork.worker.master.UnitView;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The units of a job that has ended, as its result list has them; in the form in which {@code Masters} tell of running ones. */
final class EndedUnits {
    private final Iterator<Entry> entries;

    EndedUnits(Iterator<Entry> entries) {
        this.entries = entries;
    }

    private static UnitPhase phase(Entry entry) {
        if (entry.body().isEmpty()) {
            return UnitPhase.FAILED;
        }
        return entry.verified() ? UnitPhase.FINAL : UnitPhase.UNVERIFIED;
    }

    /** A job that was given up early has cells that nobody began. */
    UnitMap map(Optional<Span> space, int most) {
        if (space.isEmpty()) {
            return UnitMap.empty(0);
        }
        UnitMap.Drawing drawing =
                new UnitMap.Drawing(space.get().from(), space.get().size(), most);
        entries.forEachRemaining(entry -> drawing.add(entry.unit(), phase(entry)));
        return drawing.map();
    }

    /** Nobody's votes are listed with results; the proof has them. */
    UnitView.Part page(Page page, Optional<UnitPhase> wanted) {
        List<UnitView> units = new ArrayList<>();
        long total = 0;
        while (entries.hasNext()) {
            Entry entry = entries.next();
            UnitPhase phase = phase(entry);
            if (wanted.map(phase::equals).orElse(true)) {
                if (total >= page.offset() && units.size() < page.limit()) {
                    units.add(new UnitView(entry.unit(), phase, List.of(), List.of(), 0, entry.failure()));
                }
                total++;
            }
        }
        return new UnitView.Part(units, total);
    }
}
