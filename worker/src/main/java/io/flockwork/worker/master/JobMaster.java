package io.flockwork.worker.master;

import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.JobProgress;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.model.UnitOutcome;
import io.flockwork.sdk.proof.VoteStatement;
import io.flockwork.sdk.wire.WorkerMessage.Answer;
import io.flockwork.sdk.wire.WorkerMessage.Ask;
import io.flockwork.sdk.wire.WorkerMessage.Dropped;
import io.flockwork.sdk.wire.WorkerMessage.InHand;
import io.flockwork.sdk.wire.WorkerMessage.LeasedUnit;
import io.flockwork.sdk.wire.WorkerMessage.Leases;
import io.flockwork.sdk.wire.WorkerMessage.Report;
import io.flockwork.sdk.wire.WorkerMessage.UnitReport;
import io.flockwork.worker.schedule.Demand;
import io.flockwork.worker.schedule.Lease;
import io.flockwork.worker.schedule.Retry;
import io.flockwork.worker.schedule.Schedule;
import io.flockwork.worker.verify.Verdict;
import io.flockwork.worker.verify.Verification;
import io.flockwork.worker.verify.Vote;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Leads one job: hands out its units, takes the votes on them, and keeps what was accepted. The imperative shell around
 * {@link Schedule} and {@link Verification}. Every method runs on the job's {@link Loop}.
 */
final class JobMaster {
    /** Leases in one message; keeps it well below the largest. */
    private static final int MOST_LEASES = 32_768;
    /** Units settled for lack of workers at a time. */
    private static final int MOST_LACKING = 10_000;

    private static final long LACK_NANOS = Duration.ofSeconds(1).toNanos();
    private static final String TOO_LONG = "its result is longer than the job allows";
    private static final long HOPELESS_FAILURES = 100;
    /** A worker says again within a second or so what a core that did not lead the job yet has refused. */
    private static final long SAY_AGAIN_NANOS = Duration.ofSeconds(5).toNanos();

    private final JobRecord job;
    private final Split split;
    private final Schedule schedule;
    private final Verification verification;
    private final Ledger ledger;
    private final Evidence evidence;
    private final Keeper keeper;
    private final Loop loop;
    private final Given.BlobSizes blobs;
    private final Roster roster;
    private final JobEnding ending;
    private final Proof proof;
    private final Tally tally = new Tally();
    private final TreeSet<Span> contested = new TreeSet<>();
    private final Patience patience;
    private List<Span> lacking = List.of();
    private long lookedForLack;
    private OptionalLong finishedAt = OptionalLong.empty();

    JobMaster(
            JobRecord job,
            Split split,
            Schedule schedule,
            Verification verification,
            Ledger ledger,
            Evidence evidence,
            Keeper keeper,
            Roster roster,
            Loop loop,
            Given.BlobSizes blobs,
            JobEnding ending,
            Proof proof) {
        this.job = job;
        this.split = split;
        this.schedule = schedule;
        this.verification = verification;
        this.ledger = ledger;
        this.evidence = evidence;
        this.keeper = keeper;
        this.roster = roster;
        this.loop = loop;
        this.blobs = blobs;
        this.ending = ending;
        this.proof = proof;
        this.patience = new Patience(loop.nanoTime());
        this.lookedForLack = loop.nanoTime();
    }

    /** Takes up what earlier masters kept. Before anything else. */
    void restore() {
        for (UnitRecord unit : ledger.inOrder()) {
            List<Vote> votes = unit.ballots().stream()
                    .map(ballot -> new Vote(unit.span, ballot.worker(), ballot.digest()))
                    .toList();
            votes.forEach(vote -> tally.voted(vote.worker()));
            if (!unit.open()) {
                tally.settled(unit);
                tally.outvoted(unit.outvoted());
                continue;
            }
            schedule.restore(
                    unit.span,
                    verification.copiesOfFresh(),
                    votes.stream().map(Vote::worker).toList(),
                    unit.debtors(),
                    unit.failures());
            verification.restore(unit.span, votes).forEach(this::obey);
        }
    }

    /** A worker has room. */
    void ask(WorkerChannel channel, Ask ask) {
        heardFrom(channel);
        if (!serve(channel, ask)) {
            roster.waits(channel.worker().id(), ask);
        }
    }

    private boolean serve(WorkerChannel channel, Ask ask) {
        NodeId worker = channel.worker().id();
        Demand demand = new Demand(ask.slots(), ask.seconds(), ask.speedHint(), Math.min(ask.most(), MOST_LEASES));
        List<Span> units = schedule.request(loop.nanoTime(), worker, demand, verification::mayCompute);
        if (units.isEmpty()) {
            return false;
        }
        channel.send(new Leases(
                job.id(), units.stream().map(unit -> leased(worker, unit)).toList()));
        return true;
    }

    /** Written down with the unit, so that the next master knows whose answers it may take. */
    private LeasedUnit leased(NodeId worker, Span unit) {
        UnitRecord record = ledger.of(unit);
        record.leased(worker);
        ledger.changed(record);
        return new LeasedUnit(unit, split.input().apply(unit.from()));
    }

    /** A worker is still at these units. */
    void inHand(WorkerChannel channel, InHand message) {
        heardFrom(channel);
        NodeId worker = channel.worker().id();
        long now = loop.nanoTime();
        List<Span> unwanted = message.units().stream()
                .filter(unit -> !schedule.owes(worker, unit))
                .toList();
        if (!unwanted.isEmpty()) {
            channel.send(new Dropped(job.id(), unwanted));
        }
        schedule.heartbeat(now, worker, message.units());
        serveWaiting();
    }

    /**
     * A worker is done with units, well or not. Also long after its lease has lapsed, and under another master than the one
     * that gave it: a unit that is open still takes the answer of each worker that it was leased to, once, and of nobody else.
     */
    void report(WorkerChannel channel, Report report) {
        heardFrom(channel);
        List<Optional<VoteStatement>> votes;
        try {
            votes = evidence.admit(channel.witness(), report);
        } catch (CertificateException unsigned) {
            channel.refuse(unsigned.getMessage());
            return;
        }
        long now = loop.nanoTime();
        for (int i = 0; i < votes.size(); i++) {
            take(channel.worker().id(), report.units().get(i), votes.get(i), now);
        }
        serveWaiting();
        keeper.keepSoon();
    }

    private void take(NodeId worker, UnitReport report, Optional<VoteStatement> vote, long now) {
        Span unit = report.unit();
        UnitRecord known = ledger.find(unit);
        boolean settled = known != null && !known.open();
        if (report.answer() instanceof Answer.Failed failed) {
            if (!settled) {
                failed(worker, unit, failed, now);
            }
        } else {
            Optional<Given> given = Given.of(report.answer(), blobs);
            if (given.isEmpty()) {
                return; // unacknowledged, it will be uploaded and reported again
            }
            if (settled) {
                late(worker, known, vote.orElseThrow());
            } else if (given.get().size() > job.spec().limits().outputBytes()) {
                UnitOutcome.Failed tooLong = new UnitOutcome.Failed(
                        TOO_LONG, given.get().stderr(), given.get().micros());
                failed(worker, unit, new Answer.Failed(tooLong), now);
            } else {
                voted(worker, given.get(), vote.orElseThrow(), now);
            }
        }
        keeper.acknowledge(worker, unit);
    }

    private void voted(NodeId worker, Given given, VoteStatement said, long now) {
        Span unit = said.unit();
        if (!schedule.voted(now, worker, unit, given.micros())) {
            return;
        }
        BlobId digest = said.digest();
        UnitRecord record = ledger.of(unit);
        record.vote(worker, digest, given.body(), given.stderr());
        ledger.changed(record);
        tally.voted(worker);
        patience.progress(now);
        verification.vote(new Vote(unit, worker, digest)).forEach(this::obey);
    }

    private void failed(NodeId worker, Span unit, Answer.Failed answer, long now) {
        Retry retry = schedule.failed(now, worker, unit, job.spec().limits().tries());
        if (retry == Retry.IGNORED) {
            return;
        }
        String cause = answer.outcome().cause();
        UnitRecord record = ledger.of(unit);
        record.failedTry(worker, cause, answer.outcome().stderr());
        ledger.changed(record);
        tally.failedTry(worker);
        patience.progress(now);
        if (retry == Retry.GIVEN_UP) {
            record.giveUp();
            settle(record);
        }
    }

    /** A vote on a unit that has settled: it changes nothing but the worker's standing. */
    private void late(NodeId worker, UnitRecord unit, VoteStatement said) {
        if (unit.state() != UnitRecord.State.ACCEPTED || unit.hasVoted(worker)) {
            return;
        }
        BlobId digest = said.digest();
        unit.lateVote(worker, digest);
        ledger.changed(unit);
        tally.voted(worker);
        verification.vote(new Vote(unit.span, worker, digest)).forEach(this::obey);
    }

    private void obey(Verdict verdict) {
        if (verdict instanceof Verdict.Wanted wanted) {
            schedule.want(wanted.unit(), wanted.copies());
        } else if (verdict instanceof Verdict.Contested disagreement) {
            contested.add(disagreement.unit());
        } else if (verdict instanceof Verdict.Late late) {
            if (!late.agrees()) {
                tally.outvoted(List.of(late.worker()));
            }
        } else if (verdict instanceof Verdict.Accepted accepted) {
            UnitRecord record = ledger.of(accepted.unit());
            record.accept(accepted.digest(), accepted.verified());
            ledger.changed(record);
            tally.outvoted(accepted.outvoted());
            settle(record);
        }
    }

    private void settle(UnitRecord record) {
        contested.remove(record.span);
        tally.settled(record);
        drop(schedule.settled(record.span));
    }

    private void drop(Collection<Lease> leases) {
        Map<NodeId, List<Span>> byWorker = leases.stream()
                .collect(Collectors.groupingBy(
                        Lease::worker, LinkedHashMap::new, Collectors.mapping(Lease::unit, Collectors.toList())));
        byWorker.forEach((worker, units) -> roster.send(worker, new Dropped(job.id(), units)));
    }

    /** A worker's socket closed. */
    void gone(WorkerChannel channel) {
        roster.closed(channel, loop.nanoTime());
    }

    /** Time has passed: what is overdue goes to others, and what waits is offered again. */
    void tick() {
        long now = loop.nanoTime();
        roster.givenUp(now).forEach(schedule::lost);
        drop(schedule.expire(now));
        settleForLack(now);
        serveWaiting();
        keeper.keepSoon();
    }

    /** Units that only miss the votes of workers who are not there are settled with what there is. */
    private void settleForLack(long now) {
        if (now - lookedForLack < LACK_NANOS) {
            return;
        }
        lookedForLack = now;
        lacking = schedule.lacking(verification::mayCompute, MOST_LACKING);
        if (!lacking.isEmpty() && patience.over(now, tally.workers())) {
            lacking.forEach(unit -> verification.settleForLack(unit).forEach(this::obey));
        }
    }

    /** True when every unit has settled, or so many failed that going on would waste the volunteers' time. */
    boolean finished() {
        boolean hopeless = tally.failed() >= HOPELESS_FAILURES && tally.failed() > tally.accepted();
        return (schedule.isFinished() || hopeless) && isProven();
    }

    /** True when no signed batch is missing, or its worker has had time enough to say it again. */
    private boolean isProven() {
        if (finishedAt.isEmpty()) {
            finishedAt = OptionalLong.of(loop.nanoTime());
        }
        return evidence.isWhole() || loop.nanoTime() - finishedAt.getAsLong() > SAY_AGAIN_NANOS;
    }

    /** Makes the job's outcome. Blocks. */
    JobEnding.Ended end() throws IOException {
        List<UnitRecord> settled =
                ledger.inOrder().stream().filter(unit -> !unit.open()).toList();
        return proof.of(ending.of(settled), settled, evidence);
    }

    /** Indices of the whole job. */
    long indices() {
        return split.indices();
    }

    /** How far the job is. */
    JobProgress progress() {
        return new JobProgress(
                job.id(),
                job.state(),
                tally.indicesDone(),
                split.indices(),
                tally.accepted(),
                tally.failed(),
                schedule.unitsRunning(),
                contested.size(),
                tally.votes(),
                schedule.secondsLeft(),
                message(),
                tally.shares());
    }

    private String message() {
        if (!contested.isEmpty()) {
            return contested.size() + " contested: one more worker is needed to decide";
        }
        if (!lacking.isEmpty() && schedule.leases() == 0) {
            return "waiting for another worker to confirm the answers";
        }
        return tally.workers() == 0 ? "waiting for workers" : "";
    }

    private void serveWaiting() {
        roster.offer(schedule.fastestFirst(roster.waiting()), this::serve);
    }

    private void heardFrom(WorkerChannel channel) {
        roster.heardFrom(channel);
        tally.named(channel.worker().id(), channel.worker().name());
    }
}
