package io.flockwork.sdk.proof;

import java.util.ArrayList;
import java.util.List;

/** What is wrong, one sentence each: all are counted, the first are kept. */
final class Findings {
    private final List<String> first = new ArrayList<>();
    private long count;

    void add(String sentence) {
        if (count++ < AuditReport.MOST_LISTED) {
            first.add(sentence);
        }
    }

    List<String> first() {
        return List.copyOf(first);
    }

    long count() {
        return count;
    }
}
