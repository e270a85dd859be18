package io.flockwork.worker.master;

import io.flockwork.sdk.model.Conduct;
import io.flockwork.sdk.model.JobProgress;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.model.WorkerInfo;
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
import io.flockwork.worker.schedule.Schedule;
import io.flockwork.worker.verify.Verification;
import io.flockwork.worker.verify.Voter;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Leads one job: hands out its units, takes the votes on them, and keeps what was accepted. The imperative shell around
 * {@link Schedule} and {@link Verification}. Every method runs on the job's {@link Loop}.
 */
final class JobMaster {
    /** Leases in one message; keeps it well below the largest. */
    private static final int MOST_LEASES = 32_768;
    /** Units settled for lack of workers at a time. */
    private static final int MOST_LACKING = 10_000;

    /** Exams among one request's units. */
    private static final int MOST_EXAMS = 1;

    private static final long LACK_NANOS = Duration.ofSeconds(1).toNanos();
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
    private final Deeds deeds;
    private final VoteDesk votes;
    private final Releases releases;
    private final Tally tally = new Tally();
    private final IntSupplier gridWorkers;
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
            Deeds deeds,
            IntSupplier gridWorkers,
            JobEnding ending,
            Proof proof,
            JobEvents events,
            Releases releases) {
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
        this.deeds = deeds;
        this.gridWorkers = gridWorkers;
        this.ending = ending;
        this.proof = proof;
        this.releases = releases;
        this.votes = new VoteDesk(
                job, schedule, verification, ledger, tally, deeds, this::drop, ending.clock(), events, releases);
        this.patience = new Patience(loop.nanoTime());
        this.lookedForLack = loop.nanoTime();
    }

    /** Takes up what earlier masters kept. Before anything else. */
    void restore() {
        votes.restore();
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
        int most = Math.min(verification.allowance(worker) - schedule.held(worker), Math.min(ask.most(), MOST_LEASES));
        if (most < 1 || !verification.isWelcome(worker)) {
            return false;
        }
        Demand demand = new Demand(ask.slots(), ask.seconds(), ask.speedHint(), most);
        votes.spareChecks();
        List<Span> exams = verification.exams(worker, MOST_EXAMS);
        List<Span> units = schedule.request(loop.nanoTime(), worker, demand, verification::mayCompute);
        units.forEach(unit -> writeDown(worker, unit));
        // An exam comes where any unit would that is to be computed again: before fresh ones.
        List<LeasedUnit> leases = Stream.concat(exams.stream(), units.stream())
                .map(unit -> new LeasedUnit(unit, split.input().apply(unit.from())))
                .toList();
        if (leases.isEmpty()) {
            return false;
        }
        channel.send(new Leases(job.id(), leases));
        return true;
    }

    /** So that the next master knows whose answers it may take. */
    private void writeDown(NodeId worker, Span unit) {
        UnitRecord record = ledger.of(unit);
        record.leased(worker);
        ledger.changed(record);
    }

    /** A worker is still at these units. */
    void inHand(WorkerChannel channel, InHand message) {
        heardFrom(channel);
        NodeId worker = channel.worker().id();
        long now = loop.nanoTime();
        List<Span> unwanted = message.units().stream()
                .filter(unit -> !schedule.owes(worker, unit) && !verification.isExam(worker, unit))
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
        if (report.answer() instanceof Answer.Failed failed) {
            votes.failed(worker, report.unit(), failed.outcome(), now);
        } else {
            Optional<Given> given = Given.of(report.answer(), blobs);
            if (given.isEmpty()) {
                return; // unacknowledged, it will be uploaded and reported again
            }
            votes.answered(worker, given.get(), vote.orElseThrow(), now);
        }
        patience.progress(now);
        keeper.acknowledge(worker, report.unit());
    }

    /** The grid knows something new of a worker. */
    void learn(Conduct conduct) {
        votes.learn(conduct);
        serveWaiting();
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
        deeds.tell();
        releases.releaseDue();
        releases.stream().tick();
        keeper.keepSoon();
    }

    /** Units that only miss the votes of workers who are not there are settled with what there is. */
    private void settleForLack(long now) {
        if (now - lookedForLack < LACK_NANOS) {
            return;
        }
        lookedForLack = now;
        lacking = schedule.lacking(verification::mayCompute, MOST_LACKING);
        votes.settleAgreed(lacking, patience.idle(now));
        if (!lacking.isEmpty() && patience.over(now, Math.max(tally.workers(), gridWorkers.getAsInt()))) {
            votes.settleForLack(lacking);
        }
    }

    /** True when every unit has settled, or so many failed that going on would waste the volunteers' time. */
    boolean finished() {
        return (schedule.isFinished() || tally.isHopeless()) && isProven();
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
        releases.releaseAll(settled);
        return proof.of(ending.of(settled, verification.guarantee()), settled, evidence);
    }

    /** What there is to see of its units. */
    UnitViews unitViews() {
        return new UnitViews(split, ledger);
    }

    /** Results that are final, and who waits for them. */
    FinalStream finals() {
        return releases.stream();
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
                votes.contested(),
                tally.votes(),
                schedule.secondsLeft(),
                message(),
                tally.shares());
    }

    private String message() {
        if (votes.contested() > 0) {
            return votes.contested() + " contested: one more worker is needed to decide";
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
        if (roster.heardFrom(channel)) {
            WorkerInfo worker = channel.worker();
            votes.arrived(new Voter(worker.id(), worker.operator(), worker.referee()));
            tally.named(worker.id(), worker.name());
        }
    }
}
