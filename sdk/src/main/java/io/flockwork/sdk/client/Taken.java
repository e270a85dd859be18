package io.flockwork.sdk.client;

import io.flockwork.sdk.model.Span;
import java.util.Map;
import java.util.TreeMap;

/** Which indices have been taken, kept as the stretches that they make up: few, since units are begun in order. */
final class Taken {
    private final TreeMap<Long, Long> ends = new TreeMap<>();

    /** False when all of the unit's indices have been taken before. */
    boolean add(Span unit) {
        long from = unit.from();
        long to = unit.to();
        Map.Entry<Long, Long> before = ends.floorEntry(from);
        if (before != null && before.getValue() >= to) {
            return false;
        }
        if (before != null && before.getValue() >= from) {
            from = before.getKey();
        }
        Map<Long, Long> joined = ends.subMap(from, true, to, true);
        for (long end : joined.values()) {
            to = Math.max(to, end);
        }
        joined.clear();
        ends.put(from, to);
        return true;
    }

    /** Stretches without a gap. */
    int stretches() {
        return ends.size();
    }
}
