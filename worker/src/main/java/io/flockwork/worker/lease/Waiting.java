package io.flockwork.worker.lease;

import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.Span;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Which units hold a share of the {@link InputBudget}: each gives its part back once, however it ends. Safe for use by many threads. */
final class Waiting {
    private final Map<JobId, Map<Span, InputBudget.Share>> shares = new HashMap<>();

    /** These units hold the share; one that was dropped and has come again gives back what it held before. */
    synchronized void add(JobId job, Collection<Span> units, InputBudget.Share share) {
        Map<Span, InputBudget.Share> ofJob = shares.computeIfAbsent(job, id -> new HashMap<>());
        for (Span unit : units) {
            InputBudget.Share before = ofJob.put(unit, share);
            if (before != null) {
                before.freeOne();
            }
        }
    }

    /** These units wait no longer. */
    synchronized void free(JobId job, Collection<Span> units) {
        Map<Span, InputBudget.Share> ofJob = shares.getOrDefault(job, Map.of());
        for (Span unit : units) {
            InputBudget.Share share = ofJob.isEmpty() ? null : ofJob.remove(unit);
            if (share != null) {
                share.freeOne();
            }
        }
        if (ofJob.isEmpty()) {
            shares.remove(job);
        }
    }

    /** No unit of the job waits any longer. */
    synchronized void freeAll(JobId job) {
        Map<Span, InputBudget.Share> ofJob = shares.remove(job);
        if (ofJob != null) {
            ofJob.values().forEach(InputBudget.Share::freeOne);
        }
    }
}
