package io.flockwork.worker.verify;

import io.flockwork.sdk.model.Reputation;
import io.flockwork.sdk.model.Standing;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** Who is confirmed comes nearer to the end of probation; who ends it has its waiting units looked at again. */
final class Probation {
    private final Knobs knobs;
    private final Electorate electorate;
    private final Rulings rulings;
    private final Deque<Elector> ended = new ArrayDeque<>();

    Probation(Knobs knobs, Electorate electorate, Rulings rulings) {
        this.knobs = knobs;
        this.electorate = electorate;
        this.rulings = rulings;
    }

    /** All answers to the unit are right. */
    void passAll(Case unit) {
        for (Ballot b = unit.first; b != null; b = b.next) {
            pass(b.voter, unit, false);
        }
    }

    /** The worker's answer is right. */
    void pass(Elector worker, Case unit, boolean exam) {
        Reputation before = worker.reputation;
        Reputation now = before.passed(exam, knobs.probation(before));
        rulings.say(new Verdict.Passed(unit.unit(), worker.id, exam, now));
        if (now.equals(before)) {
            return;
        }
        electorate.change(worker, now);
        if (now.standing() != before.standing()) {
            ended.add(worker);
        }
    }

    /** The worker has proven itself elsewhere, or before. */
    void hasEnded(Elector worker) {
        ended.add(worker);
    }

    /** The units that only waited for their worker to prove itself; false when there is no such worker. */
    boolean reviewNext(Consumer<Case> evaluate) {
        Elector worker = ended.poll();
        if (worker == null) {
            return false;
        }
        for (Ballot ballot : worker.ballots()) {
            if (ballot.of.state() == UnitState.PROBATION) {
                evaluate.accept(ballot.of);
            }
        }
        return true;
    }

    /** True when what became known of a worker ends its probation. */
    static boolean ends(Reputation before, Reputation now) {
        return now.standing() == Standing.ACTIVE && before.standing() != Standing.ACTIVE;
    }
}
