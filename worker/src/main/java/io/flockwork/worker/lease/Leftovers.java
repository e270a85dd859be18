package io.flockwork.worker.lease;

import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.wire.Message;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports of an earlier run of this worker, which wait for their jobs to be named again. A core that has just come back does
 * not know all jobs at once, so they wait for a while. Confined to the agent's thread.
 */
final class Leftovers {
    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
    /** Beats with a core to tell which jobs there are, after which a job that was not named is over. */
    static final int PATIENCE_BEATS = 30;

    private final ReportLog log;
    private final Map<JobId, KeptReports> waiting;
    private int beats;

    Leftovers(ReportLog log) {
        this.log = log;
        this.waiting = log.found();
    }

    /** The reports for a job that has been named, which are the caller's from now on. */
    KeptReports of(JobId job) {
        KeptReports reports = waiting.remove(job);
        if (reports == null) {
            return new KeptReports();
        }
        LOG.info("job {}: {} reports of an earlier run of this worker are sent again", job, reports.size());
        return reports;
    }

    /** Time has passed with a core to tell which jobs there are. */
    void beat() {
        if (!waiting.isEmpty() && ++beats >= PATIENCE_BEATS) {
            waiting.forEach((job, reports) -> {
                LOG.info("job {} is over: {} reports of an earlier run are forgotten", job, reports.size());
                log.forget(job, reports.units());
            });
            waiting.clear();
        }
    }

    /** How many reports wait. */
    int size() {
        return waiting.values().stream().mapToInt(KeptReports::size).sum();
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    List<Message> kept() {
        return waiting.values().stream()
                .flatMap(reports -> reports.messages().stream())
                .toList();
    }
}
