package io.flockwork.worker.master;

import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.Span;
import io.flockwork.worker.mesh.Mesh.Segment;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every unit that somebody has tried, in segments of {@value #SEGMENT_UNITS}. Knows which segments have changed since they
 * were last taken for keeping. Confined to the master's loop.
 */
final class Ledger {
    /** Units per progress segment. */
    static final int SEGMENT_UNITS = 2048;

    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

    /** A record, and the epoch of the segment that had it. */
    private record Kept(UnitRecord unit, int epoch) {}

    private final Map<Long, UnitRecord> byStart = new HashMap<>();
    private final List<UnitRecord> byNumber = new ArrayList<>();
    private final BitSet dirty = new BitSet();
    private final PollBook poll = new PollBook();

    /** The record of a unit, if anybody has tried it within these bounds. */
    UnitRecord find(Span unit) {
        UnitRecord record = byStart.get(unit.from());
        return record != null && record.span.equals(unit) ? record : null;
    }

    /** The accepted result of a unit, if it has one. */
    Optional<BlobId> accepted(Span unit) {
        UnitRecord record = find(unit);
        return record == null ? Optional.empty() : Optional.ofNullable(record.digest());
    }

    /** The record of a unit, new if need be. */
    UnitRecord of(Span unit) {
        UnitRecord record = byStart.get(unit.from());
        if (record != null && !record.span.equals(unit)) {
            throw new IllegalStateException("unit " + unit + " is known as " + record.span);
        }
        if (record == null) {
            record = new UnitRecord(unit, byNumber.size());
            byStart.put(unit.from(), record);
            byNumber.add(record);
        }
        return record;
    }

    /** The record has changed and is to be kept anew. */
    void changed(UnitRecord record) {
        dirty.set(record.number / SEGMENT_UNITS);
    }

    /** Who has voted, and what was measured. */
    PollBook poll() {
        return poll;
    }

    boolean hasChanges() {
        return !dirty.isEmpty() || poll.hasChanges();
    }

    /** The changed segments as bytes, which count as unchanged from now on. */
    Map<Integer, byte[]> takeChanges() {
        Map<Integer, byte[]> segments = poll.takeChanges();
        dirty.stream().forEach(number -> {
            int first = number * SEGMENT_UNITS;
            int last = Math.min(first + SEGMENT_UNITS, byNumber.size());
            segments.put(number, SegmentCodec.encode(byNumber.subList(first, last)));
        });
        dirty.clear();
        return segments;
    }

    /** These segments could not be kept. */
    void changedAgain(Collection<Integer> segments) {
        poll.changedAgain(segments);
        segments.stream().filter(number -> number >= 0).forEach(dirty::set);
    }

    /** Units that somebody has tried. */
    int size() {
        return byNumber.size();
    }

    /** All records, those tried first first; not to be changed. */
    List<UnitRecord> all() {
        return Collections.unmodifiableList(byNumber);
    }

    /** All records in unit order. */
    List<UnitRecord> inOrder() {
        List<UnitRecord> ordered = new ArrayList<>(byNumber);
        ordered.sort(Comparator.comparing(record -> record.span));
        return ordered;
    }

    /**
     * Takes over what earlier masters kept. Where two of them went on side by side, the records of the later epoch and of
     * settled units win, before them of those whose result is final, and a unit that overlaps one already taken is left out: it
     * will be computed again, never counted twice. So is what cannot be read.
     */
    void restore(List<Segment> segments) {
        List<Kept> candidates = new ArrayList<>();
        poll.restore(segments);
        for (Segment segment : segments) {
            if (segment.number() < 0) {
                continue;
            }
            try {
                SegmentCodec.decode(segment.bytes()).forEach(unit -> candidates.add(new Kept(unit, segment.epoch())));
            } catch (IllegalArgumentException unreadable) {
                LOG.warn(
                        "segment {} of epoch {} is lost: {}", segment.number(), segment.epoch(), unreadable.toString());
            }
        }
        // Stable: among equals the later epoch, which comes last in the list, is met first after the reversal.
        Collections.reverse(candidates);
        candidates.sort(
                Comparator.comparing((Kept kept) -> !kept.unit.isFinal()).thenComparing(kept -> kept.unit.open()));
        TreeMap<Long, Kept> taken = new TreeMap<>();
        for (Kept candidate : candidates) {
            if (!overlapsAny(taken, candidate.unit.span)) {
                taken.put(candidate.unit.span.from(), candidate);
            }
        }
        forgetForks(taken.values());
        taken.values().forEach(kept -> adopt(kept.unit));
    }

    private static boolean overlapsAny(TreeMap<Long, Kept> taken, Span span) {
        Map.Entry<Long, Kept> before = taken.lowerEntry(span.to());
        return before != null && before.getValue().unit.span.overlaps(span);
    }

    /**
     * The last master that told of a result knew of all that those before it had told, but for one that went on beside it. Whoever
     * heard the last one is to be told of that one's results as well, so these get a new place in the order.
     */
    private static void forgetForks(Collection<Kept> taken) {
        int teller = taken.stream()
                .mapToInt(kept -> Releases.epoch(kept.unit.sequence()))
                .max()
                .orElse(0);
        taken.stream().filter(kept -> kept.epoch < teller).forEach(kept -> kept.unit.numberedFinal(0));
    }

    private void adopt(UnitRecord record) {
        UnitRecord renumbered = record.numbered(byNumber.size());
        byStart.put(renumbered.span.from(), renumbered);
        byNumber.add(renumbered);
        changed(renumbered);
    }
}
