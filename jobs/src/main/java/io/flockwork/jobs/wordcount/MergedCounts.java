package io.flockwork.jobs.wordcount;

import io.flockwork.sdk.job.Combiner;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Adds up the units' counts: most frequent first, equally frequent words in the order of their UTF-16 code units. */
final class MergedCounts implements Combiner {
    private static final Comparator<Map.Entry<String, Long>> MOST_FREQUENT_FIRST =
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey());

    /** Eighteen digits fit a long. */
    private static final Pattern WORD_AND_COUNT = Pattern.compile("([^\\t]+)\\t([0-9]{1,18})");

    private final WordCounts merged = new WordCounts();

    @Override
    public void add(byte[] unitResult) {
        new String(unitResult, StandardCharsets.UTF_8).lines().forEach(this::addLine);
    }

    @Override
    public byte[] finish() {
        return merged.lines(MOST_FREQUENT_FIRST);
    }

    private void addLine(String line) {
        Matcher matcher = WORD_AND_COUNT.matcher(line);
        if (!matcher.matches()) {
            String start = line.substring(0, Math.min(40, line.length()));
            throw new IllegalArgumentException("the line '" + start + "' is not a word, a tab and a count");
        }
        merged.add(matcher.group(1), Long.parseLong(matcher.group(2)));
    }
}
