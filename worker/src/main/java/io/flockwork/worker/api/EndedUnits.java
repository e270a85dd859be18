package io.flockwork.worker.api;

import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.wire.ResultList.Entry;
import io.flockwork.worker.master.Cells;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;

/** The units of a job that has ended, as its result list has them; in the form in which {@link UnitRoutes} tells of running ones. */
final class EndedUnits {
    private static final String FINAL = "final";
    private static final String FAILED = "failed";

    private static final String UNVERIFIED = "unverified";

    private final Iterator<Entry> entries;
    private final String good;

    /** @param unverified true when nobody has confirmed any of them */
    EndedUnits(Iterator<Entry> entries, boolean unverified) {
        this.entries = entries;
        this.good = unverified ? UNVERIFIED : FINAL;
    }

    private String state(Entry entry) {
        return entry.body().isPresent() ? good : FAILED;
    }

    /** A cell is failed when a unit of it is; a job that was given up early has cells that nobody began. */
    JsonObject map(long from, long size, int most) {
        if (size <= 0) {
            return new JsonObject()
                    .put("from", from)
                    .put("to", from)
                    .put("cells", 0)
                    .put("states", "");
        }
        Cells cells = Cells.of(from, size, most);
        char[] marks = new char[cells.count()];
        Arrays.fill(marks, '.');
        while (entries.hasNext()) {
            Entry entry = entries.next();
            boolean failed = state(entry).equals(FAILED);
            int last = cells.of(entry.unit().to() - 1);
            for (int cell = cells.of(entry.unit().from()); cell <= last; cell++) {
                marks[cell] = failed || marks[cell] == 'f' ? 'f' : good.charAt(0) == 'u' ? 'u' : 'v';
            }
        }
        return new JsonObject()
                .put("from", from)
                .put("to", from + size)
                .put("cells", marks.length)
                .put("states", new String(marks));
    }

    JsonObject page(Page page, Optional<String> wanted) {
        JsonArray units = new JsonArray();
        long total = 0;
        while (entries.hasNext()) {
            Entry entry = entries.next();
            if (wanted.map(state(entry)::equals).orElse(true)) {
                if (total >= page.offset() && units.size() < page.limit()) {
                    units.add(json(entry));
                }
                total++;
            }
        }
        return new JsonObject().put("units", units).put("total", total);
    }

    private JsonObject json(Entry entry) {
        Span unit = entry.unit();
        return new JsonObject()
                .put("from", unit.from())
                .put("to", unit.to())
                .put("state", state(entry))
                .put("votes", new JsonArray())
                .put("running", new JsonArray())
                .put("failures", 0)
                .put("cause", entry.failure());
    }
}
