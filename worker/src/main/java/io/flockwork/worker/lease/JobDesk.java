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
import java.util.LinkedHashSet;
import java.util.List;
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
    private static final int BEATS_TO_RESEND = 5;
    /** Between two batches of reports, while there is more to compute. */
    private static final long MOMENT_MILLIS = 200;

    private final JobId job;
    private final int slots;
    private final Workbench workbench;
    private final Sender links;
    private final Outbox outbox;
    private final Timer timer;
    /** What the next batch of reports will say, of units that count as in hand until then. */
    private final List<UnitReport> waiting = new ArrayList<>();

    private final Set<Span> inHand = new LinkedHashSet<>();
    private final Pace pace;
    private JobNotice notice;
    private boolean asked;
    private boolean pausing;
    private boolean unheard;
    private double share = 1;
    private long indicesInHand;
    private long unitsDone;
    private long beats;

    /** Runs something on the agent's thread, later. */
    @FunctionalInterface
    interface Timer {
        void in(long millis, Runnable task);
    }

    /** The way to the cores. */
    @FunctionalInterface
    interface Sender {
        /** Sends to a core; false when there is no open socket to it. */
        boolean send(Address core, Message message);
    }

    JobDesk(JobNotice notice, int slots, Pace pace, Workbench workbench, Sender links, Outbox outbox, Timer timer) {
        this.job = notice.job();
        this.notice = notice;
        this.slots = slots;
        this.pace = pace;
        this.workbench = workbench;
        this.links = links;
        this.outbox = outbox;
        this.timer = timer;
    }

    /** Reports of an earlier run of this worker, which its master perhaps lacks. */
    void takeUp(KeptReports reports) {
        outbox.takeUp(reports);
        resend(batch -> true);
    }

    JobId job() {
        return job;
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
        return new AgentStatus.JobStatus(job, notice.code(), masterReached, unitsDone, inHand.size(), outbox.size());
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
        resend(batch -> true);
    }

    /**
     * The core asked does not lead the job; the directory will name the one that does. Or it leads it from this moment on: so what was
     * reported is soon said again, all in its order.
     */
    void notLed() {
        asked = false;
        if (!unheard) {
            unheard = true;
            timer.in(CoreLinks.RETRY_MILLIS, this::sayAgain);
        }
    }

    private void sayAgain() {
        unheard = false;
        resend(batch -> true);
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
        int queued = inHand.size() - waiting.size() - slots;
        if (queued <= 0) {
            return true;
        }
        double indices = (double) indicesInHand * queued / inHand.size();
        return pace.seconds(indices) / slots < LOW_SECONDS * share;
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
        UnitReport said = outbox.find(unit);
        if (said == null || !(said.answer() instanceof Answer.Failed)) {
            return said != null;
        }
        outbox.forget(List.of(unit));
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
            outbox.hold(new UnitReport(unit, result), beats);
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

    /**
     * What ends within a moment of another batch goes with the next one: a signature costs as much as thousands of hashes. The last
     * of what is in hand waits for nothing, for perhaps all wait for it.
     */
    private void report(List<UnitReport> reports) {
        waiting.addAll(reports);
        boolean isLast = waiting.size() >= inHand.size();
        if (!pausing || isLast) {
            sayWhatWaits();
        }
    }

    private void sayWhatWaits() {
        List<UnitReport> due = waiting.stream()
                .filter(report -> inHand.contains(report.unit()) || outbox.find(report.unit()) != null)
                .toList();
        waiting.clear();
        due.forEach(report -> putDown(report.unit()));
        if (!due.isEmpty()) {
            outbox.put(due, beats).forEach(batch -> links.send(master(), batch));
            pause();
        }
    }

    private void pause() {
        if (!pausing) {
            pausing = true;
            timer.in(MOMENT_MILLIS, this::pauseEnds);
        }
    }

    private void pauseEnds() {
        pausing = false;
        sayWhatWaits();
    }

    /** True when its master has acknowledged all. */
    boolean owesNothing() {
        return outbox.size() == 0;
    }

    /** All that is not acknowledged, as the log has it. */
    List<Message> kept() {
        return outbox.messages();
    }

    void acknowledged(List<Span> units) {
        outbox.forget(units);
    }

    /** These units are settled without this worker. */
    void dropped(List<Span> units) {
        outbox.forget(units.stream().filter(inHand::contains).toList());
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
        resend(batch -> beats - batch.sentAt >= BEATS_TO_RESEND);
    }

    private void sayWhatIsInHand() {
        links.send(master(), new InHand(job, List.copyOf(inHand)));
    }

    /** A batch goes out as it was signed, whatever of it is safe already. */
    private void resend(Predicate<KeptReports.Batch> due) {
        for (KeptReports.Batch batch : outbox.batches()) {
            UnitReport first = batch.report.units().get(0);
            if (inHand.contains(first.unit()) || !due.test(batch)) {
                continue; // the former: its long result is on its way for the first time
            }
            batch.sentAt = beats;
            boolean isLong = first.answer() instanceof Answer.Uploaded;
            if (!isLong || batch.report.seal().isPresent()) {
                links.send(
                        master(),
                        batch.report); // also ahead of its bytes: a master that lacks them has at least the signature
            }
            if (isLong) {
                workbench.upload(
                        master(), (Answer.Uploaded) first.answer(), answer -> uploadedAgain(first.unit(), answer));
            }
        }
    }

    private void uploadedAgain(Span unit, Answer answer) {
        if (outbox.find(unit) == null) {
            return;
        }
        Report batch = outbox.batchOf(unit);
        if (answer instanceof Answer.Uploaded && batch.seal().isPresent()) {
            links.send(master(), batch);
        } else {
            report(List.of(new UnitReport(unit, answer)));
        }
    }

    /** Works on none of the units in hand any more; reports are kept until the master has them. */
    void layDown() {
        sayWhatWaits();
        workbench.close(job);
        inHand.clear();
        indicesInHand = 0;
        asked = false;
    }

    /** The job is over for this worker. */
    void close() {
        layDown();
        outbox.forgetAll();
    }
}
