package io.flockwork.jobs.wordcount;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/** How often each word was seen. */
final class WordCounts {
    private final Map<String, Long> counts = new HashMap<>();

    void add(String word, long times) {
        counts.merge(word, times, Math::addExact);
    }

    /** A line {@code word<TAB>count} for each word. */
    byte[] lines(Comparator<Map.Entry<String, Long>> order) {
        StringBuilder lines = new StringBuilder();
        counts.entrySet().stream().sorted(order).forEach(entry -> lines.append(entry.getKey())
                .append('\t')
                .append(entry.getValue())
                .append('\n'));
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }
}
