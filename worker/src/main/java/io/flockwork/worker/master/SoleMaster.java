package io.flockwork.worker.master;

import io.flockwork.sdk.blob.BlobHasher;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.Guarantee;
import io.flockwork.sdk.model.JobProgress;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.model.JobState;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.model.UnitOutcome;
import io.flockwork.sdk.wire.WorkerMessage.Answer;
import io.flockwork.sdk.wire.WorkerMessage.LeasedUnit;
import io.flockwork.worker.schedule.Demand;
import io.flockwork.worker.schedule.Eligibility;
import io.flockwork.worker.schedule.Retry;
import io.flockwork.worker.schedule.Schedule;
import io.flockwork.worker.schedule.ScheduleSettings;
import io.flockwork.worker.swarm.Swarm;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Leads a job that one worker computes alone: split, carved, tried again and ended as in a grid, but nobody votes. Used by one
 * thread, which it blocks with what it reads and stores.
 */
public final class SoleMaster {
    private static final NodeId WORKER = new NodeId("local");
    /** Work to ask for at a time, seconds a slot. */
    private static final double BATCH_SECONDS = 1;

    private final JobRecord job;
    private final Split split;
    private final Span only;
    private final Swarm swarm;
    private final String unsplit;
    private final JobEnding ending;
    private final Schedule schedule;
    private final Ledger ledger = new Ledger();
    private final Tally tally = new Tally();

    private SoleMaster(JobRecord job, Split split, Optional<Span> only, Swarm swarm, JobTypes types, String unsplit) {
        this.job = job;
        this.split = split;
        this.only = only.orElse(null);
        this.swarm = swarm;
        this.unsplit = unsplit;
        this.ending = new JobEnding(job.spec(), split, swarm, types, Clock.systemUTC());
        List<Span> fresh = only.or(split::space).stream().toList();
        // A unit that is asked for by its bounds is not carved.
        long step = only.map(Span::size).orElse(split.step());
        this.schedule = new Schedule(fresh, step, 1, ScheduleSettings.DEFAULT);
    }

    /**
     * The master of a job whose inputs the swarm has. One that cannot be split has ended at once.
     *
     * @param only the one unit to compute; absent: all of them
     * @throws IllegalArgumentException with one sentence when the job has no such unit
     */
    public static SoleMaster of(JobRecord job, Optional<String> only, Swarm swarm, JobTypes types) throws IOException {
        Split split;
        try {
            split = new Splitter(blob -> swarm.open(blob.blob()))
                    .split(job.spec().recipe());
        } catch (IllegalArgumentException never) {
            Split none = Split.ofRange(0, 0, 1);
            return new SoleMaster(job, none, Optional.empty(), swarm, types, never.getMessage());
        }
        Optional<Span> unit = only.isEmpty() ? Optional.empty() : Optional.of(new UnitName(only.get()).in(split));
        return new SoleMaster(job, split, unit, swarm, types, "");
    }

    /** True when the units are spans of a range, which have no input. */
    public boolean isRange() {
        return split.range();
    }

    /** True when units are carved to fit the worker that takes them. */
    public boolean isCarved() {
        return split.range() && split.step() == 0;
    }

    /** Units for a worker with so many slots, now; empty when all are out. */
    public List<LeasedUnit> lease(long nowNanos, int slots, int most) {
        Demand demand = new Demand(slots, BATCH_SECONDS, 0, most);
        return schedule.request(nowNanos, WORKER, demand, Eligibility.ANYBODY).stream()
                .map(this::leased)
                .toList();
    }

    /** A unit of these bounds with where its input is. */
    public LeasedUnit leased(Span unit) {
        return new LeasedUnit(unit, split.input().apply(unit.from()));
    }

    /** A try of a unit has ended. */
    public void ended(long nowNanos, Span unit, UnitOutcome outcome) throws IOException {
        UnitRecord record = ledger.of(unit);
        if (outcome instanceof UnitOutcome.Failed failed) {
            Retry retry =
                    schedule.failed(nowNanos, WORKER, unit, job.spec().limits().tries());
            record.failedTry(WORKER, failed.cause(), failed.stderr());
            tally.failedTry(WORKER);
            if (retry == Retry.GIVEN_UP) {
                record.giveUp();
                settle(record);
            }
            return;
        }
        UnitOutcome.Done done = (UnitOutcome.Done) outcome;
        schedule.voted(nowNanos, WORKER, unit, done.micros());
        schedule.printed(WORKER, unit, job.spec().limits().shareOfOutput(done.output().length));
        BlobId digest = new BlobHasher().idOf(done.output());
        record.vote(WORKER, digest, done.fuel(), body(done.output()), done.stderr());
        record.accept(digest, true);
        tally.voted(WORKER);
        settle(record);
    }

    private Body body(byte[] output) throws IOException {
        return output.length <= Answer.MAX_INLINE
                ? new Body.Inline(output)
                : new Body.Stored(
                        swarm.publish("result", new ByteArrayInputStream(output))
                                .blob(),
                        output.length);
    }

    private void settle(UnitRecord record) {
        tally.settled(record);
        schedule.settled(record.span);
    }

    /** True when every unit has settled, or so many have failed that a grid would give the job up. */
    public boolean isFinished() {
        return schedule.isFinished() || tally.isHopeless();
    }

    /** How far the job is. */
    public JobProgress progress() {
        return new JobProgress(
                job.id(),
                isFinished() ? JobState.DONE : JobState.RUNNING,
                tally.indicesDone(),
                only == null ? split.indices() : only.size(),
                tally.accepted(),
                tally.failed(),
                schedule.unitsRunning(),
                0,
                tally.votes(),
                schedule.secondsLeft(),
                "",
                tally.shares());
    }

    /** The job with its outcome. */
    public JobRecord end() throws IOException {
        if (!unsplit.isEmpty()) {
            return ended(job, ending.unsplit(unsplit));
        }
        List<UnitRecord> settled =
                ledger.inOrder().stream().filter(unit -> !unit.open()).toList();
        // One worker's word; but nobody expected more here, so that no result is to be called unverified.
        return ended(job, ending.of(settled, Guarantee.QUORUM));
    }

    private static JobRecord ended(JobRecord job, JobEnding.Ended end) {
        return new JobRecord(
                job.id(),
                job.spec(),
                job.seal(),
                end.state(),
                job.epoch(),
                job.master(),
                job.submittedMillis(),
                Optional.of(end.outcome()));
    }
}
