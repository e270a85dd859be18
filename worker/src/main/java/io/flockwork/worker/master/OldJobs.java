package io.flockwork.worker.master;

import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.model.Outcome;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Which ended jobs the grid need not remember: those that ended long ago, and the oldest where there are very many. */
final class OldJobs {
    static final Duration KEPT = Duration.ofDays(30);
    static final int MOST_KEPT = 10_000;

    private static final Comparator<JobRecord> LATEST_FIRST =
            Comparator.comparingLong(OldJobs::endedMillis).reversed().thenComparing(JobRecord::id);

    private OldJobs() {}

    static List<JobId> of(Collection<JobRecord> jobs, long nowMillis) {
        List<JobRecord> ended = jobs.stream()
                .filter(job -> job.state().ended())
                .sorted(LATEST_FIRST)
                .toList();
        long since = nowMillis - KEPT.toMillis();
        int kept = 0;
        while (kept < Math.min(MOST_KEPT, ended.size()) && endedMillis(ended.get(kept)) >= since) {
            kept++;
        }
        return ended.subList(kept, ended.size()).stream().map(JobRecord::id).toList();
    }

    private static long endedMillis(JobRecord job) {
        return job.outcome().map(Outcome::endedMillis).orElse(job.submittedMillis());
    }
}
