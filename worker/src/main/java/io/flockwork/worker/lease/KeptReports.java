package io.flockwork.worker.lease;

import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.wire.Message;
import io.flockwork.sdk.wire.WorkerMessage.Acknowledged;
import io.flockwork.sdk.wire.WorkerMessage.Report;
import io.flockwork.sdk.wire.WorkerMessage.UnitReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reports that a master may not have, in the batches in which they were first made: a batch is signed as a whole, so it is kept as a
 * whole until nothing of it is left to be acknowledged. Confined to the agent's thread.
 */
final class KeptReports {
    /** A report, and the beat at which it was last sent. */
    static final class Batch {
        final Report report;
        private int open;
        long sentAt;

        private Batch(Report report, long sentAt) {
            this.report = report;
            this.open = report.units().size();
            this.sentAt = sentAt;
        }
    }

    private record Entry(UnitReport unit, Batch batch) {}

    private final Map<Span, Entry> byUnit = new LinkedHashMap<>();
    private final Set<Batch> batches = new LinkedHashSet<>();

    /** Adds a batch; what it says of a unit replaces what was said before. */
    void add(Report report, long beat) {
        Batch batch = new Batch(report, beat);
        batches.add(batch);
        for (UnitReport unit : report.units()) {
            forget(unit.unit());
            byUnit.put(unit.unit(), new Entry(unit, batch));
        }
    }

    /** What was said of the unit last, or null when that is acknowledged or nothing was said. */
    UnitReport find(Span unit) {
        Entry entry = byUnit.get(unit);
        return entry == null ? null : entry.unit();
    }

    /** The batch that says it. */
    Batch batchOf(Span unit) {
        return byUnit.get(unit).batch();
    }

    /** What was said of the unit is safe, or not wanted; false when that was known. */
    boolean forget(Span unit) {
        Entry entry = byUnit.remove(unit);
        if (entry != null && --entry.batch().open == 0) {
            batches.remove(entry.batch());
        }
        return entry != null;
    }

    /** In the order in which they were made. */
    List<Batch> batches() {
        return List.copyOf(batches);
    }

    /** Units of which something was said that is not acknowledged. */
    List<Span> units() {
        return List.copyOf(byUnit.keySet());
    }

    int size() {
        return byUnit.size();
    }

    boolean isEmpty() {
        return byUnit.isEmpty();
    }

    /** All of it as a log has it: each batch, and what of it is acknowledged. */
    List<Message> messages() {
        List<Message> messages = new ArrayList<>();
        for (Batch batch : batches) {
            messages.add(batch.report);
            List<Span> over = batch.report.units().stream()
                    .map(UnitReport::unit)
                    .filter(unit ->
                            !byUnit.containsKey(unit) || byUnit.get(unit).batch() != batch)
                    .toList();
            if (!over.isEmpty()) {
                messages.add(new Acknowledged(batch.report.job(), over));
            }
        }
        return messages;
    }
}
