package io.flockwork.worker.lease;

import io.flockwork.sdk.blob.BlobHasher;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.model.UnitOutcome;
import io.flockwork.sdk.model.VoteSeal;
import io.flockwork.sdk.proof.VoteChain;
import io.flockwork.sdk.proof.VoteStatement;
import io.flockwork.sdk.wire.Message;
import io.flockwork.sdk.wire.WorkerMessage.Answer;
import io.flockwork.sdk.wire.WorkerMessage.Report;
import io.flockwork.sdk.wire.WorkerMessage.UnitReport;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What a worker has to say to a job's master: puts it in batches, signs those that are votes, writes them down, and keeps them until
 * they are acknowledged. Confined to the agent's thread.
 */
final class Outbox {
    private static final int MOST_REPORT_BYTES = 4 << 20;

    private final JobId job;
    private final VoteChain chain;
    private final ReportLog log;
    private final BlobHasher hasher = new BlobHasher();
    private KeptReports kept = new KeptReports();

    Outbox(JobId job, VoteChain chain, ReportLog log) {
        this.job = job;
        this.chain = chain;
        this.log = log;
    }

    /** What an earlier run of this worker left. Before anything else. */
    void takeUp(KeptReports leftovers) {
        kept = leftovers;
    }

    /** Keeps these, and returns the batches to be sent. */
    List<Report> put(List<UnitReport> reports, long beat) {
        List<UnitReport> votes =
                reports.stream().filter(report -> !isFailure(report)).toList();
        List<Report> batches = new ArrayList<>();
        for (List<UnitReport> batch : cut(votes)) {
            batches.add(new Report(job, batch, Optional.of(seal(batch))));
        }
        for (List<UnitReport> batch :
                cut(reports.stream().filter(Outbox::isFailure).toList())) {
            batches.add(new Report(job, batch));
        }
        batches.forEach(batch -> keep(batch, beat));
        return batches;
    }

    /** Keeps a long result that goes ahead of its report. It becomes a vote, and is signed, when that is sent. */
    void hold(UnitReport stored, long beat) {
        keep(new Report(job, List.of(stored)), beat);
    }

    private void keep(Report batch, long beat) {
        kept.add(batch, beat);
        log.keep(batch);
    }

    private VoteSeal seal(List<UnitReport> votes) {
        List<VoteStatement> statements =
                votes.stream().map(report -> report.vote(hasher).orElseThrow()).toList();
        return chain.seal(statements);
    }

    private static boolean isFailure(UnitReport report) {
        return report.answer() instanceof Answer.Failed;
    }

    /** The same in batches that are well below the largest message. */
    private static List<List<UnitReport>> cut(List<UnitReport> reports) {
        List<List<UnitReport>> batches = new ArrayList<>();
        int from = 0;
        int bytes = 0;
        for (int i = 0; i < reports.size(); i++) {
            bytes += size(reports.get(i).answer());
            if (bytes > MOST_REPORT_BYTES || i == reports.size() - 1) {
                batches.add(List.copyOf(reports.subList(from, i + 1)));
                from = i + 1;
                bytes = 0;
            }
        }
        return batches;
    }

    private static int size(Answer answer) {
        int overhead = 64;
        return answer instanceof Answer.Inline inline
                ? inline.output().length + inline.stderr().length + overhead
                : UnitOutcome.MAX_STDERR + overhead;
    }

    /** What was said of the unit and is not acknowledged, or null. */
    UnitReport find(Span unit) {
        return kept.find(unit);
    }

    /** The batch that says it. */
    Report batchOf(Span unit) {
        return kept.batchOf(unit).report;
    }

    List<KeptReports.Batch> batches() {
        return kept.batches();
    }

    /** These are safe, or not wanted. */
    void forget(Collection<Span> units) {
        log.forget(job, units.stream().filter(kept::forget).toList());
    }

    void forgetAll() {
        forget(kept.units());
    }

    /** Units of which something was said that is not acknowledged. */
    int size() {
        return kept.size();
    }

    /** All of it as the log has it. */
    List<Message> messages() {
        return kept.messages();
    }
}
