package io.flockwork.worker.verify;

import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.Reputation;
import io.flockwork.sdk.model.Standing;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * What befalls those who were proven wrong: they lose standing, and their votes.
 *
 * <p>Votes that are withdrawn may decide other disputes, which strikes others; so strikes wait in a queue.
 */
final class Strikes {
    private record Strike(Elector worker, Case unit, BlobId given, BlobId accepted, boolean gang) {}

    private final Knobs knobs;
    private final Electorate electorate;
    private final Rulings rulings;
    private final Deque<Strike> strikes = new ArrayDeque<>();

    Strikes(Knobs knobs, Electorate electorate, Rulings rulings) {
        this.knobs = knobs;
        this.electorate = electorate;
        this.rulings = rulings;
    }

    /** A verdict proved this vote wrong. */
    void add(Ballot loser, Ballot winner, boolean gang) {
        strikes.add(new Strike(loser.voter, loser.of, loser.digest(), winner.digest(), gang));
    }

    /** Strikes the next in the queue; false when it is empty. */
    boolean strikeNext(Consumer<Case> evaluate) {
        Strike next = strikes.poll();
        if (next == null) {
            return false;
        }
        Elector worker = next.worker;
        if (!worker.banned()) {
            Reputation before = worker.reputation;
            boolean ban = next.gang || before.standing() == Standing.NEW || before.strikes() > 0;
            electorate.change(worker, before.struck(ban, knobs.exams()));
            rulings.say(new Verdict.Struck(
                    next.unit.unit(), worker.id, next.given, next.accepted, next.gang, worker.reputation));
            withdraw(worker, next.gang, evaluate);
        }
        return true;
    }

    /** None of the worker's votes counts any more; a lone one that agreed with a gang's is to be confirmed. */
    void withdraw(Elector worker, boolean gang, Consumer<Case> evaluate) {
        for (Ballot ballot : worker.takeAll()) {
            Case unit = ballot.of;
            unit.remove(ballot);
            rulings.say(new Verdict.Dropped(unit.unit(), worker.id));
            if (gang && unit.first != null && unit.first.next == null && unit.first.agrees(ballot)) {
                rulings.want(unit, 1, UnitState.FORCED);
            } else {
                evaluate.accept(unit);
            }
        }
    }
}
