package io.flockwork.worker.lease;

import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.model.UnitOutcome;
import io.flockwork.sdk.wire.Message;
import io.flockwork.sdk.wire.WorkerMessage.Answer;
import io.flockwork.sdk.wire.WorkerMessage.Ask;
import io.flockwork.sdk.wire.WorkerMessage.InHand;
import io.flockwork.sdk.wire.WorkerMessage.JobNotice;
import io.flockwork.sdk.wire.WorkerMessage.LeasedUnit;
import io.flockwork.sdk.wire.WorkerMessage.Report;
import io.flockwork.sdk.wire.WorkerMessage.UnitReport;
import io.flockwork.worker.runtime.OutcomeListener.Ended;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * One job as this worker sees it: the units in hand, and the reports that its master has not acknowledged. Confined to the
 * agent's thread.
 */
final class JobDesk {
    /** Work to ask for at a time, seconds a slot. */
    private static final double BATCH_SECONDS = 1.0;
    /** Asks again when the units that wait for a slot would last less than this. */
    private static final double LOW_SECONDS = 0.4;

    private static final int MOST_UNITS = 32_768;
    private static final int MOST_REPORT_BYTES = 4 << 20;
    private static final int BEATS_TO_RESEND = 5;

    private final JobId job;
    private final int slots;
    private final Workbench workbench;
    private final Sender links;
    private final ReportLog log;
    private final Set<Span> inHand = new LinkedHashSet<>();
    private final Map<Span, Kept> unacknowledged = new LinkedHashMap<>();
    private final Pace pace;
    private JobNotice notice;
    private boolean asked;
    private double share = 1;
    private long indicesInHand;
    private long unitsDone;
    private long beats;

    /** The way to the cores. */
    @FunctionalInterface
    interface Sender {
        /** Sends to a core; false when there is no open socket to it. */
        boolean send(Address core, Message message);
    }

    /** A report that the master may not have, and the beat at which it was last sent. */
    private record Kept(UnitReport report, long sentAt) {}

    JobDesk(JobNotice notice, int slots, Pace pace, Workbench workbench, Sender links, ReportLog log) {
        this.job = notice.job();
        this.notice = notice;
        this.slots = slots;
        this.pace = pace;
        this.workbench = workbench;
        this.links = links;
        this.log = log;
    }

    /** Reports of an earlier run of this worker, which its master perhaps lacks. */
    void takeUp(List<UnitReport> reports) {
        reports.forEach(report -> unacknowledged.put(report.unit(), new Kept(report, beats)));
        resend(report -> true);
    }

    Address master() {
        return notice.master();
    }

    int weight() {
        return notice.weight();
    }

    /** Results since this desk was opened. */
    long unitsDone() {
        return unitsDone;
    }

    AgentStatus.JobStatus status(boolean masterReached) {
        return new AgentStatus.JobStatus(
                job, notice.code(), masterReached, unitsDone, inHand.size(), unacknowledged.size());
    }

    /** The directory names the job (again): perhaps another core leads it now. */
    void follow(JobNotice newer) {
        boolean moved = newer.epoch() != notice.epoch() || !newer.master().equals(notice.master());
        notice = newer;
        if (moved) {
            resume();
        }
    }

    /** The master may know nothing of what was said before: says it again. */
    void resume() {
        asked = false;
        sayWhatIsInHand();
        resend(report -> true);
    }

    /** The core asked does not lead the job; the directory will name the one that does. */
    void notLed() {
        asked = false;
    }

    /** This share of the worker's time is for this job from now on. */
    void share(double newShare) {
        share = newShare;
    }

    /** Asks for units when those at hand will not last. */
    void askIfHungry() {
        if (!asked && isLow()) {
            double seconds = Math.max(0.05, BATCH_SECONDS * share);
            asked = links.send(master(), new Ask(job, slots, seconds, pace.indicesPerSecond(), MOST_UNITS));
        }
    }

    private boolean isLow() {
        int queued = inHand.size() - slots;
        if (queued <= 0) {
            return true;
        }
        double waiting = (double) indicesInHand * queued / inHand.size();
        return pace.seconds(waiting) / slots < LOW_SECONDS * share;
    }

    void leased(List<LeasedUnit> units) {
        asked = false;
        List<LeasedUnit> fresh = new ArrayList<>(units.size());
        for (LeasedUnit unit : units) {
            Span span = unit.unit();
            if (!isAnswered(span) && inHand.add(span)) {
                indicesInHand += span.size();
                fresh.add(unit);
            }
        }
        workbench.run(notice, fresh, this::ended);
    }

    /** A result that is not acknowledged yet will be sent again; a failure calls for the next try, and is replaced by it. */
    private boolean isAnswered(Span unit) {
        Kept kept = unacknowledged.get(unit);
        if (kept == null || !(kept.report().answer() instanceof Answer.Failed)) {
            return kept != null;
        }
        forget(List.of(unit));
        return false;
    }

    private void ended(List<Ended> units) {
        List<UnitReport> reports = new ArrayList<>(units.size());
        for (Ended ended : units) {
            Span unit = ended.unit();
            if (inHand.contains(unit)) {
                pace.ran(unit.size(), ended.outcome().micros());
                answer(ended, reports);
            }
        }
        report(reports);
        askIfHungry();
    }

    private void answer(Ended ended, List<UnitReport> reports) {
        Span unit = ended.unit();
        if (ended.outcome() instanceof UnitOutcome.Failed failed) {
            reports.add(new UnitReport(unit, new Answer.Failed(failed)));
        } else if (ended.outcome() instanceof UnitOutcome.Done done) {
            unitsDone++;
            if (done.output().length <= Answer.MAX_INLINE) {
                reports.add(new UnitReport(
                        unit, new Answer.Inline(done.output(), done.stderr(), done.micros(), done.fuel())));
            } else {
                workbench.store(done, answer -> stored(unit, answer));
            }
        }
    }

    /** A long result goes ahead of its report, and is this worker's to deliver from now on, unless the unit was dropped meanwhile. */
    private void stored(Span unit, Answer answer) {
        if (inHand.contains(unit) && answer instanceof Answer.Uploaded result) {
            batches(job, List.of(new UnitReport(unit, result))).forEach(this::keep);
            workbench.upload(master(), result, after -> uploaded(unit, after));
        } else {
            uploaded(unit, answer);
        }
    }

    private void uploaded(Span unit, Answer answer) {
        if (inHand.contains(unit)) {
            report(List.of(new UnitReport(unit, answer)));
        }
    }

    private void report(List<UnitReport> reports) {
        reports.forEach(report -> putDown(report.unit()));
        for (Report batch : batches(job, reports)) {
            keep(batch);
            links.send(master(), batch);
        }
    }

    private void keep(Report batch) {
        batch.units().forEach(report -> unacknowledged.put(report.unit(), new Kept(report, beats)));
        log.keep(batch);
    }

    /** The same in messages that are well below the largest. */
    static List<Report> batches(JobId job, Collection<UnitReport> reports) {
        List<Report> batches = new ArrayList<>();
        List<UnitReport> batch = new ArrayList<>();
        int bytes = 0;
        for (UnitReport report : reports) {
            batch.add(report);
            bytes += size(report.answer());
            if (bytes > MOST_REPORT_BYTES) {
                batches.add(new Report(job, List.copyOf(batch)));
                batch.clear();
                bytes = 0;
            }
        }
        if (!batch.isEmpty()) {
            batches.add(new Report(job, batch));
        }
        return batches;
    }

    /** True when its master has acknowledged all. */
    boolean owesNothing() {
        return unacknowledged.isEmpty();
    }

    /** All that is not acknowledged, as it would be sent. */
    List<Report> kept() {
        return batches(job, unacknowledged.values().stream().map(Kept::report).toList());
    }

    private static int size(Answer answer) {
        int overhead = 64;
        return answer instanceof Answer.Inline inline
                ? inline.output().length + inline.stderr().length + overhead
                : UnitOutcome.MAX_STDERR + overhead;
    }

    void acknowledged(List<Span> units) {
        forget(units);
    }

    private void forget(List<Span> units) {
        List<Span> known = units.stream()
                .filter(unit -> unacknowledged.remove(unit) != null)
                .toList();
        log.forget(job, known);
    }

    /** These units are settled without this worker. */
    void dropped(List<Span> units) {
        forget(units.stream().filter(inHand::contains).toList());
        units.forEach(this::putDown);
        workbench.drop(job, units);
        askIfHungry();
    }

    private void putDown(Span unit) {
        if (inHand.remove(unit)) {
            indicesInHand -= unit.size();
        }
    }

    /** A sign of life, with every unit in hand; reports that stay unacknowledged are sent again. */
    void beat() {
        beats++;
        sayWhatIsInHand();
        resend(kept -> beats - kept.sentAt() >= BEATS_TO_RESEND);
    }

    private void sayWhatIsInHand() {
        links.send(master(), new InHand(job, List.copyOf(inHand)));
    }

    private void resend(Predicate<Kept> due) {
        List<UnitReport> ready = new ArrayList<>();
        for (Kept kept : List.copyOf(unacknowledged.values())) {
            UnitReport report = kept.report();
            if (inHand.contains(report.unit()) || !due.test(kept)) {
                continue; // the former: its long result is on its way for the first time
            }
            unacknowledged.put(report.unit(), new Kept(report, beats));
            if (report.answer() instanceof Answer.Uploaded given) {
                workbench.upload(master(), given, answer -> uploadedAgain(report.unit(), answer));
            } else {
                ready.add(report);
            }
        }
        batches(job, ready).forEach(batch -> links.send(master(), batch));
    }

    private void uploadedAgain(Span unit, Answer answer) {
        if (unacknowledged.containsKey(unit)) {
            UnitReport report = new UnitReport(unit, answer);
            unacknowledged.put(unit, new Kept(report, beats));
            links.send(master(), new Report(job, List.of(report)));
        }
    }

    /** Works on none of the units in hand any more; reports are kept until the master has them. */
    void layDown() {
        workbench.close(job);
        inHand.clear();
        indicesInHand = 0;
        asked = false;
    }

    /** The job is over for this worker. */
    void close() {
        layDown();
        forget(List.copyOf(unacknowledged.keySet()));
    }
}
