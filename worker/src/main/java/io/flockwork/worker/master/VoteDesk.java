package io.flockwork.worker.master;

import io.flockwork.sdk.model.Conduct;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.model.Strike;
import io.flockwork.sdk.model.UnitOutcome;
import io.flockwork.sdk.proof.VoteStatement;
import io.flockwork.worker.schedule.Lease;
import io.flockwork.worker.schedule.Retry;
import io.flockwork.worker.schedule.Schedule;
import io.flockwork.worker.verify.UnitState;
import io.flockwork.worker.verify.Verdict;
import io.flockwork.worker.verify.Verification;
import io.flockwork.worker.verify.Vote;
import io.flockwork.worker.verify.Voter;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Puts a job's answers to the vote, and does what the verdicts say: a unit is wanted again, has a result, has none after
 * all; a worker is nearer to being believed, or has lied. The imperative shell around {@link Verification}, confined to the
 * master's loop.
 */
final class VoteDesk {
    private static final String TOO_LONG = "its result is longer than the job allows";

    private final JobRecord job;
    private final Schedule schedule;
    private final Verification verification;
    private final Ledger ledger;
    private final Tally tally;
    private final Deeds deeds;
    private final Consumer<Collection<Lease>> revoke;
    private final Clock clock;
    private final JobEvents events;
    private final Releases releases;
    private final TreeSet<Span> contested = new TreeSet<>();

    /** @param revoke takes leases back of units that have settled */
    VoteDesk(
            JobRecord job,
            Schedule schedule,
            Verification verification,
            Ledger ledger,
            Tally tally,
            Deeds deeds,
            Consumer<Collection<Lease>> revoke,
            Clock clock,
            JobEvents events,
            Releases releases) {
        this.job = job;
        this.schedule = schedule;
        this.verification = verification;
        this.ledger = ledger;
        this.tally = tally;
        this.deeds = deeds;
        this.revoke = revoke;
        this.clock = clock;
        this.events = events;
        this.releases = releases;
    }

    /** Takes up what earlier masters kept. Before anything else. */
    void restore() {
        ledger.poll().voters().forEach(this::arrived);
        ledger.inOrder().forEach(this::restore);
        releases.restore();
    }

    private void restore(UnitRecord unit) {
        unit.ballots().forEach(ballot -> tally.voted(ballot.worker()));
        unit.outvoted().forEach(worker -> tally.outvoted(worker, unit.span));
        if (unit.open()) {
            reopen(unit, verification.copiesOfFresh());
        } else {
            tally.settled(unit);
        }
        if (unit.state() != UnitRecord.State.FAILED) {
            List<Vote> votes = unit.ballots().stream()
                    .filter(ballot -> !ballot.dropped())
                    // What contradicts a final result is not heard, perhaps because its voter was banned before.
                    .filter(ballot -> !unit.isFinal() || ballot.digest().equals(unit.digest()))
                    .map(ballot -> new Vote(unit.span, ballot.worker(), ballot.digest(), ballot.fuel()))
                    .toList();
            verification.restore(unit.span, unit.poll(), unit.drawn(), votes).forEach(this::obey);
        }
        if (unit.state() == UnitRecord.State.ACCEPTED && unit.verified() && !unit.isFinal()) {
            releases.stands(unit.span); // also where the policy has nothing to say of it again
        }
    }

    private void reopen(UnitRecord unit, int copies) {
        schedule.restore(
                unit.span,
                copies,
                unit.ballots().stream().map(UnitRecord.Ballot::worker).toList(),
                unit.debtors(),
                unit.failures());
    }

    /** A worker is there. To be called before it asks or answers. */
    void arrived(Voter voter) {
        ledger.poll().add(voter);
        verification.arrived(voter).forEach(this::obey);
        deeds.reputation(voter.id())
                .ifPresent(known -> verification.learn(known).forEach(this::obey));
    }

    /** The grid knows something new of a worker. */
    void learn(Conduct conduct) {
        verification.learn(conduct.reputation()).forEach(this::obey);
    }

    /** A worker has this result for a unit; it counts where the worker had the unit on lease, once. */
    void answered(NodeId worker, Given given, VoteStatement said, long now) {
        Vote vote = new Vote(said.unit(), worker, said.digest(), said.fuel());
        UnitRecord known = ledger.find(said.unit());
        if (verification.isExam(worker, said.unit())) {
            examined(vote, known, given);
        } else if (known == null || known.open()) {
            inTime(vote, given, now);
        } else if (known.state() == UnitRecord.State.ACCEPTED && known.owes(worker)) {
            count(vote, known, given);
        }
    }

    /** A wrong answer is a vote: perhaps it is the one that was accepted that is wrong. */
    private void examined(Vote vote, UnitRecord unit, Given given) {
        tally.voted(vote.worker());
        events.voted(true);
        if (unit != null && !vote.digest().equals(unit.digest())) {
            unit.vote(vote.worker(), vote.digest(), vote.fuel(), given.body(), given.stderr());
            ledger.changed(unit);
        }
        verification.examined(vote).forEach(this::obey);
    }

    private void inTime(Vote vote, Given given, long now) {
        if (given.size() > job.spec().limits().outputBytes()) {
            failed(vote.worker(), vote.unit(), new UnitOutcome.Failed(TOO_LONG, given.stderr(), given.micros()), now);
        } else if (schedule.voted(now, vote.worker(), vote.unit(), given.micros())) {
            schedule.printed(vote.worker(), vote.unit(), job.spec().limits().shareOfOutput(given.size()));
            count(vote, ledger.of(vote.unit()), given);
        }
    }

    private void count(Vote vote, UnitRecord unit, Given given) {
        events.voted(!unit.ballots().isEmpty());
        unit.vote(vote.worker(), vote.digest(), vote.fuel(), given.body(), given.stderr());
        ledger.changed(unit);
        tally.voted(vote.worker());
        verification.vote(vote).forEach(this::obey);
        ledger.poll().measured(verification.rates());
    }

    /** A worker could not compute a unit. That is no lie. */
    void failed(NodeId worker, Span unit, UnitOutcome.Failed outcome, long now) {
        UnitRecord known = ledger.find(unit);
        if (known != null && !known.open()) {
            return;
        }
        Retry retry = schedule.failed(now, worker, unit, job.spec().limits().tries());
        if (retry == Retry.IGNORED) {
            return;
        }
        UnitRecord record = ledger.of(unit);
        record.failedTry(worker, outcome.cause(), outcome.stderr());
        ledger.changed(record);
        tally.failedTry(worker);
        if (retry == Retry.GIVEN_UP) {
            record.giveUp();
            settle(record);
        }
    }

    /**
     * No further worker is there for these units, now; settles those that can do without.
     *
     * @param idle true when nothing else is being done
     */
    void settleAgreed(Collection<Span> units, boolean idle) {
        settleForLack(units.stream()
                .filter(unit -> verification.canDoWithout(unit, idle))
                .toList());
    }

    /** No further worker is there for these units. */
    void settleForLack(Collection<Span> units) {
        units.forEach(unit -> verification.settleForLack(unit).forEach(this::obey));
    }

    /** Checks that are no longer due are given up, before they are handed out. */
    void spareChecks() {
        verification.spare(schedule::isIdle).forEach(this::obey);
    }

    /** Units whose votes contradict each other, and that wait for somebody to decide. */
    int contested() {
        return contested.size();
    }

    private void obey(Verdict verdict) {
        if (verdict instanceof Verdict.Wanted wanted) {
            UnitRecord unit = ledger.of(wanted.unit());
            unit.polled(wanted.state(), wanted.drawn());
            ledger.changed(unit);
            schedule.want(wanted.unit(), wanted.copies());
        } else if (verdict instanceof Verdict.Accepted accepted) {
            accept(accepted);
        } else if (verdict instanceof Verdict.Withdrawn withdrawn) {
            withdraw(ledger.of(withdrawn.unit()));
        } else if (verdict instanceof Verdict.Contested disagreement) {
            ledger.of(disagreement.unit()).polled(UnitState.CONTESTED, false);
            if (contested.add(disagreement.unit())) {
                events.contested();
            }
        } else {
            judge(verdict);
        }
    }

    private void accept(Verdict.Accepted accepted) {
        UnitRecord unit = ledger.of(accepted.unit());
        boolean settles = unit.open();
        unit.accept(accepted.digest(), accepted.verified());
        ledger.changed(unit);
        accepted.outvoted().forEach(worker -> tally.outvoted(worker, unit.span));
        if (accepted.verified()) {
            releases.stands(unit.span);
        }
        if (settles) {
            settle(unit);
        }
    }

    private void settle(UnitRecord unit) {
        contested.remove(unit.span);
        tally.settled(unit);
        events.settled(unit.state() == UnitRecord.State.FAILED);
        List<Lease> stillOut = schedule.settled(unit.span);
        if (!stillOut.isEmpty()) {
            revoke.accept(stillOut);
        }
    }

    private void withdraw(UnitRecord unit) {
        if (!unit.open()) {
            tally.withdrawn(unit);
            events.withdrawn();
            unit.withdraw();
            releases.falls(unit.span);
            ledger.changed(unit);
            reopen(unit, 0);
        }
    }

    /** What a verdict says of a worker. */
    private void judge(Verdict verdict) {
        if (verdict instanceof Verdict.Dropped dropped) {
            UnitRecord unit = ledger.of(dropped.unit());
            unit.drop(dropped.worker());
            ledger.changed(unit);
        } else if (verdict instanceof Verdict.Late late) {
            if (!late.agrees()) {
                tally.outvoted(late.worker(), late.unit());
            }
        } else if (verdict instanceof Verdict.Passed passed) {
            deeds.passed(passed.now());
        } else if (verdict instanceof Verdict.Struck struck) {
            tally.outvoted(struck.worker(), struck.unit());
            events.struck();
            deeds.struck(struck.now(), strike(struck));
        }
    }

    private Strike strike(Verdict.Struck struck) {
        return new Strike(
                job.id(),
                struck.unit(),
                struck.given(),
                struck.accepted(),
                struck.gang(),
                struck.banned(),
                clock.millis());
    }
}
