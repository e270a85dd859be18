package io.flockwork.worker.lease;

import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.wire.Message;
import io.flockwork.sdk.wire.WorkerMessage.Answer;
import io.flockwork.sdk.wire.WorkerMessage.Report;
import io.flockwork.sdk.wire.WorkerMessage.UnitReport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What a worker tells a job's master of its units: in batches, a moment apart, and again until the master has acknowledged it.
 * Confined to the agent's thread.
 */
final class Reporting {
    private static final int BEATS_TO_RESEND = 5;
    /** Between two batches of reports, while there is more to compute. */
    private static final long MOMENT_MILLIS = 500;

    private final Hand hand;
    private final Workbench workbench;
    private final Supplier<Address> master;
    private final JobDesk.Sender links;
    private final Outbox outbox;
    private final JobDesk.Timer timer;
    /** What the next batch of reports will say, of units that count as in hand until then. */
    private final List<UnitReport> waiting = new ArrayList<>();

    private boolean pausing;
    private boolean unheard;
    private long beats;

    /** @param master whom to tell, at each time */
    Reporting(
            Hand hand,
            Workbench workbench,
            Supplier<Address> master,
            JobDesk.Sender links,
            Outbox outbox,
            JobDesk.Timer timer) {
        this.hand = hand;
        this.workbench = workbench;
        this.master = master;
        this.links = links;
        this.outbox = outbox;
        this.timer = timer;
    }

    /** Reports of an earlier run of this worker, which its master perhaps lacks. */
    void takeUp(KeptReports reports) {
        outbox.takeUp(reports);
        sayAgain();
    }

    /** Says all again that is not acknowledged. */
    void sayAgain() {
        resend(batch -> true);
    }

    /** The same in a moment, once: the core that was told did not lead the job, and perhaps leads it from now on. */
    void sayAgainSoon() {
        if (!unheard) {
            unheard = true;
            timer.in(CoreLinks.RETRY_MILLIS, () -> {
                unheard = false;
                sayAgain();
            });
        }
    }

    /** A sign of life: reports that stay unacknowledged are sent again. */
    void beat() {
        beats++;
        resend(batch -> beats - batch.sentAt >= BEATS_TO_RESEND);
    }

    /** A result that is not acknowledged yet will be sent again; a failure calls for the next try, and is replaced by it. */
    boolean isAnswered(Span unit) {
        UnitReport said = outbox.find(unit);
        if (said == null || !(said.answer() instanceof Answer.Failed)) {
            return said != null;
        }
        outbox.forget(List.of(unit));
        return false;
    }

    /** A long result goes ahead of its report, and is this worker's to deliver from now on, unless the unit was dropped meanwhile. */
    void stored(Span unit, Answer answer) {
        if (hand.contains(unit) && answer instanceof Answer.Uploaded result) {
            outbox.hold(new UnitReport(unit, result), beats);
            workbench.upload(master.get(), result, after -> uploaded(unit, after));
        } else {
            uploaded(unit, answer);
        }
    }

    private void uploaded(Span unit, Answer answer) {
        if (hand.contains(unit)) {
            report(List.of(new UnitReport(unit, answer)));
        }
    }

    /**
     * What ends within a moment of another batch goes with the next one: a signature costs as much as thousands of hashes. The last
     * of what is in hand waits for nothing, for perhaps all wait for it.
     */
    void report(List<UnitReport> reports) {
        waiting.addAll(reports);
        boolean isLast = waiting.size() >= hand.size();
        if (!pausing || isLast) {
            sayWhatWaits();
        }
    }

    /** Units that are done, and count as in hand until that is told. */
    int waiting() {
        return waiting.size();
    }

    void sayWhatWaits() {
        List<UnitReport> due = waiting.stream()
                .filter(report -> hand.contains(report.unit()) || outbox.find(report.unit()) != null)
                .toList();
        waiting.clear();
        due.forEach(report -> hand.remove(report.unit()));
        if (!due.isEmpty()) {
            outbox.put(due, beats).forEach(batch -> links.send(master.get(), batch));
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

    /** A batch goes out as it was signed, whatever of it is safe already. */
    private void resend(Predicate<KeptReports.Batch> due) {
        for (KeptReports.Batch batch : outbox.batches()) {
            UnitReport first = batch.report.units().get(0);
            boolean isUnderWay = hand.contains(first.unit()); // its long result, for the first time
            if (!isUnderWay && due.test(batch)) {
                batch.sentAt = beats;
                resend(batch.report, first);
            }
        }
    }

    private void resend(Report batch, UnitReport first) {
        boolean isLong = first.answer() instanceof Answer.Uploaded;
        if (!isLong || batch.seal().isPresent()) {
            // Also ahead of its bytes: a master that lacks them has at least the signature.
            links.send(master.get(), batch);
        }
        if (isLong) {
            workbench.upload(
                    master.get(), (Answer.Uploaded) first.answer(), answer -> uploadedAgain(first.unit(), answer));
        }
    }

    private void uploadedAgain(Span unit, Answer answer) {
        if (outbox.find(unit) == null) {
            return;
        }
        Report batch = outbox.batchOf(unit);
        if (answer instanceof Answer.Uploaded && batch.seal().isPresent()) {
            links.send(master.get(), batch);
        } else {
            report(List.of(new UnitReport(unit, answer)));
        }
    }

    /** These are safe, or not wanted. */
    void forget(List<Span> units) {
        outbox.forget(units);
    }

    void forgetAll() {
        outbox.forgetAll();
    }

    /** Units of which something was said that is not acknowledged. */
    int unacknowledged() {
        return outbox.size();
    }

    /** All that is not acknowledged, as the log has it. */
    List<Message> kept() {
        return outbox.messages();
    }
}
