package io.flockwork.worker.master;

import io.flockwork.sdk.identity.MemberCheck;
import io.flockwork.sdk.model.Assurance;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.model.JobSpec;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.wire.WorkerMessage.Acknowledged;
import io.flockwork.worker.mesh.Mesh;
import io.flockwork.worker.mesh.Mesh.Segment;
import io.flockwork.worker.schedule.Schedule;
import io.flockwork.worker.schedule.ScheduleSettings;
import io.flockwork.worker.swarm.Swarm;
import io.flockwork.worker.verify.Hold;
import io.flockwork.worker.verify.Knobs;
import io.flockwork.worker.verify.LateLottery;
import io.flockwork.worker.verify.Quorum;
import io.flockwork.worker.verify.Verification;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes a job's master: splits the job, takes up what earlier masters kept, and joins the pure parts to the mesh. */
public final class MasterFactory {
    private final Mesh mesh;
    private final Swarm swarm;
    private final JobTypes types;
    private final Clock clock;
    private final MemberCheck members;
    private final Seals seals;
    private final JobEvents events;
    private final SecureRandom random = new SecureRandom();

    /**
     * @param members by whose authority votes are signed
     * @param events hears what becomes of the jobs
     */
    public MasterFactory(Mesh mesh, Swarm swarm, JobTypes types, Clock clock, MemberCheck members, JobEvents events) {
        this(mesh, swarm, types, clock, members, Seals.of(members.grid()), events);
    }

    MasterFactory(
            Mesh mesh, Swarm swarm, JobTypes types, Clock clock, MemberCheck members, Seals seals, JobEvents events) {
        this.mesh = mesh;
        this.swarm = swarm;
        this.types = types;
        this.clock = clock;
        this.members = members;
        this.seals = seals;
        this.events = events;
    }

    /**
     * The job's units. Blocks while it reads the input.
     *
     * @throws IOException when the input cannot be read; later it may be
     * @throws IllegalArgumentException with one sentence when it can never be cut
     */
    Split split(JobRecord job) throws IOException {
        return new Splitter(blob -> swarm.open(blob.blob())).split(job.spec().recipe());
    }

    /** The master that goes on from what was kept. */
    JobMaster create(JobRecord job, Split split, List<Segment> kept, Loop loop) {
        Ledger ledger = new Ledger();
        ledger.restore(kept);
        Evidence evidence = new Evidence(job.id(), seals, ledger::size);
        evidence.restore(kept);
        Verification verification = policy(job.spec().assurance(), ledger);
        Schedule schedule = new Schedule(
                untouched(split, ledger),
                split.step(),
                verification.copiesOfFresh(),
                ScheduleSettings.DEFAULT,
                job.spec().assurance() instanceof Assurance.Lottery ? random.nextLong() : 0);
        Roster roster = new Roster();
        JobId id = job.id();
        JobEnding ending = new JobEnding(job.spec(), split, swarm, types, clock);
        Releases releases = new Releases(
                job.epoch(),
                ledger,
                verification,
                hold(job.spec()),
                new FinalStream(unit -> ending.entry(unit, verification.guarantee()), loop::nanoTime),
                loop::nanoTime);
        Keeper keeper = new Keeper(
                ledger,
                evidence.log(),
                loop,
                segments -> mesh.keep(id, job.epoch(), segments),
                (worker, units) -> roster.send(worker, new Acknowledged(id, units)),
                releases::toTell);
        Deeds deeds = new Deeds(mesh, loop);
        Proof proof = new Proof(job, members, swarm);
        JobMaster master = new JobMaster(
                job,
                split,
                schedule,
                verification,
                ledger,
                evidence,
                keeper,
                roster,
                loop,
                swarm::securedSize,
                deeds,
                () -> mesh.cores().size() + mesh.edges().size(),
                ending,
                proof,
                events,
                releases);
        master.restore();
        return master;
    }

    private static Optional<Hold> hold(JobSpec spec) {
        return spec.streams()
                ? Optional.of(new Hold(Duration.ofMillis(spec.holdMillis()).toNanos()))
                : Optional.empty();
    }

    private Verification policy(Assurance assurance, Ledger ledger) {
        if (assurance instanceof Assurance.Quorum quorum) {
            return new Quorum(quorum.votes(), ledger::accepted);
        }
        Assurance.Lottery lottery = (Assurance.Lottery) assurance;
        PollBook poll = ledger.poll();
        return new LateLottery(Knobs.of(lottery.epsilon(), lottery.q1min()), poll.key(random), poll.rates());
    }

    /** How a job ends that cannot be split. */
    JobEnding.Ended unsplit(JobRecord job, String why) {
        return new JobEnding(job.spec(), Split.ofRange(0, 0, 1), swarm, types, clock).unsplit(why);
    }

    /** The split's space without the units that somebody has tried. */
    private static List<Span> untouched(Split split, Ledger ledger) {
        List<Span> left = new ArrayList<>();
        List<UnitRecord> tried = ledger.inOrder();
        split.space().ifPresent(space -> {
            long from = space.from();
            for (UnitRecord unit : tried) {
                if (unit.span.from() > from) {
                    left.add(new Span(from, unit.span.from()));
                }
                from = unit.span.to();
            }
            if (from < space.to()) {
                left.add(new Span(from, space.to()));
            }
        });
        return left;
    }
}
