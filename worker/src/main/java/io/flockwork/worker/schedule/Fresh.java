package io.flockwork.worker.schedule;

import io.flockwork.sdk.model.Span;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** The index intervals that no unit covers yet. */
final class Fresh {
    private final TreeMap<Long, Long> intervals = new TreeMap<>();
    private long indices;

    Fresh(Collection<Span> spans) {
        spans.forEach(this::add);
    }

    long indices() {
        return indices;
    }

    boolean isEmpty() {
        return indices == 0;
    }

    /** Takes up to {@code size} indices, from the lowest one on. */
    Span take(long size) {
        Map.Entry<Long, Long> lowest = intervals.firstEntry();
        long from = lowest.getKey();
        long to = lowest.getValue() - from > size ? from + size : lowest.getValue();
        return cut(lowest, new Span(from, to));
    }

    boolean overlaps(Span span) {
        Map.Entry<Long, Long> before = intervals.lowerEntry(span.to());
        return before != null && before.getValue() > span.from();
    }

    private void add(Span span) {
        if (overlaps(span)) {
            throw new IllegalArgumentException("indices given twice: " + span);
        }
        intervals.put(span.from(), span.to());
        indices += span.size();
        if (indices < 0) {
            throw new IllegalArgumentException("more indices than fit in 63 bits");
        }
    }

    private Span cut(Map.Entry<Long, Long> interval, Span span) {
        long from = interval.getKey();
        long to = interval.getValue();
        intervals.remove(from);
        if (from < span.from()) {
            intervals.put(from, span.from());
        }
        if (span.to() < to) {
            intervals.put(span.to(), to);
        }
        indices -= span.size();
        return span;
    }
}
