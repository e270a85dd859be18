package io.flockwork.worker.verify;

import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Reputation;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.model.Standing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A worker as this job's policy knows it. */
final class Elector {
    final NodeId id;
    /** Operators are told apart by identity. */
    Electorate.Operator operator;

    boolean arrived;
    boolean referee;
    boolean hasVoted;
    Reputation reputation;
    /** Its last vote that counts. */
    Ballot last;
    /** Exams it has not answered. */
    final List<Span> exams = new ArrayList<>(0);

    Elector(NodeId id, Electorate.Operator operator, Reputation reputation) {
        this.id = id;
        this.operator = operator;
        this.reputation = reputation;
    }

    boolean banned() {
        return reputation.standing() == Standing.BANNED;
    }

    /** Its lone answers need no second one to be believed. */
    boolean proven() {
        return referee || reputation.standing() == Standing.ACTIVE;
    }

    void cast(Ballot ballot) {
        ballot.before = last;
        last = ballot;
        hasVoted = true;
    }

    /** All its votes that are not on final results, and are its own no more, in unit order. */
    List<Ballot> takeAll() {
        List<Ballot> all = ballots();
        last = null;
        return all;
    }

    /** All its votes that count and are not on final results, in unit order. */
    List<Ballot> ballots() {
        List<Ballot> all = new ArrayList<>();
        for (Ballot b = last; b != null; b = b.before) {
            if (b.of.state() != UnitState.FINAL) {
                all.add(b);
            }
        }
        all.sort(Comparator.comparing(ballot -> ballot.of, Case.IN_ORDER));
        return all;
    }

    /** The vote is its own no more. */
    void forget(Ballot ballot) {
        if (last == ballot) {
            last = ballot.before;
            return;
        }
        Ballot after = last;
        while (after.before != ballot) {
            after = after.before;
        }
        after.before = ballot.before;
    }
}
