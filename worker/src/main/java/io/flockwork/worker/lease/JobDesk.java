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
import io.flockwork.sdk.wire.WorkerMessage.UnitReport;
import io.flockwork.worker.runtime.OutcomeListener.Ended;
import java.util.ArrayList;
import java.util.List;

/**
 * One job as this worker sees it: asks its master for units, has them computed, and has {@link Reporting} tell what came of them.
 * Confined to the agent's thread.
 */
final class JobDesk {
    /** Work to ask for at a time, seconds a slot. */
    private static final double BATCH_SECONDS = 1.0;
    /** Asks again when the units that wait for a slot would last less than this. */
    private static final double LOW_SECONDS = 0.4;

    private static final int MOST_UNITS = 32_768;

    private final JobId job;
    private final int slots;
    private final Workbench workbench;
    private final Sender links;
    private final Hand hand = new Hand();
    private final Reporting reporting;
    private final Pace pace;
    private JobNotice notice;
    private boolean asked;
    private double share = 1;
    private long unitsDone;

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
        this.reporting = new Reporting(hand, workbench, this::master, links, outbox, timer);
    }

    /** Reports of an earlier run of this worker, which its master perhaps lacks. */
    void takeUp(KeptReports reports) {
        reporting.takeUp(reports);
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
        return new AgentStatus.JobStatus(
                job, notice.code(), masterReached, unitsDone, hand.size(), reporting.unacknowledged());
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
        reporting.sayAgain();
    }

    /**
     * The core asked does not lead the job; the directory will name the one that does. Or it leads it from this moment on: so what was
     * reported is soon said again, all in its order.
     */
    void notLed() {
        asked = false;
        reporting.sayAgainSoon();
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
        int queued = hand.size() - reporting.waiting() - slots;
        if (queued <= 0) {
            return true;
        }
        double indices = (double) hand.indices() * queued / hand.size();
        return pace.seconds(indices) / slots < LOW_SECONDS * share;
    }

    void leased(List<LeasedUnit> units) {
        asked = false;
        List<LeasedUnit> fresh = new ArrayList<>(units.size());
        for (LeasedUnit unit : units) {
            Span span = unit.unit();
            if (!reporting.isAnswered(span) && hand.add(span)) {
                fresh.add(unit);
            }
        }
        workbench.run(notice, fresh, this::ended);
    }

    private void ended(List<Ended> units) {
        List<UnitReport> reports = new ArrayList<>(units.size());
        for (Ended ended : units) {
            Span unit = ended.unit();
            if (hand.contains(unit)) {
                pace.ran(unit.size(), ended.outcome().micros());
                answer(ended, reports);
            }
        }
        reporting.report(reports);
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
                workbench.store(done, answer -> reporting.stored(unit, answer));
            }
        }
    }

    /** True when its master has acknowledged all. */
    boolean owesNothing() {
        return reporting.unacknowledged() == 0;
    }

    /** All that is not acknowledged, as the log has it. */
    List<Message> kept() {
        return reporting.kept();
    }

    void acknowledged(List<Span> units) {
        reporting.forget(units);
    }

    /** These units are settled without this worker. */
    void dropped(List<Span> units) {
        reporting.forget(units.stream().filter(hand::contains).toList());
        units.forEach(hand::remove);
        workbench.drop(job, units);
        askIfHungry();
    }

    /** A sign of life, with every unit in hand; reports that stay unacknowledged are sent again. */
    void beat() {
        sayWhatIsInHand();
        reporting.beat();
    }

    private void sayWhatIsInHand() {
        links.send(master(), new InHand(job, hand.units()));
    }

    /** Works on none of the units in hand any more; reports are kept until the master has them. */
    void layDown() {
        reporting.sayWhatWaits();
        workbench.close(job);
        hand.clear();
        asked = false;
    }

    /** The job is over for this worker. */
    void close() {
        layDown();
        reporting.forgetAll();
    }
}
