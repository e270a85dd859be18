package io.flockwork.worker.verify;

import io.flockwork.sdk.model.Guarantee;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Reputation;
import io.flockwork.sdk.model.Standing;
import java.util.HashMap;
import java.util.Map;

/** The workers this job has heard of, and what they are together. */
final class Electorate {
    /** With fewer proven operators, colluders may win a jury by luck. */
    private static final int CROWD = 50;

    private static final double CROWD_SHARE = .1;

    /** Somebody who owns workers. */
    static final class Operator {
        private boolean known;
        private int active;
    }

    private final Knobs knobs;
    private final Map<NodeId, Elector> electors = new HashMap<>();
    private final Map<String, Operator> operators = new HashMap<>();
    private int workers;
    private int active;
    private int owners;
    private int activeOwners;
    private int voters;
    private int referees;
    private boolean refereeAway;

    Electorate(Knobs knobs) {
        this.knobs = knobs;
    }

    /** Never null. Those that have not arrived count as workers of one operator. */
    Elector of(NodeId id) {
        Elector known = electors.get(id);
        if (known == null) {
            known = new Elector(id, operator(""), Reputation.of(id, crowd(), knobs.exams()));
            electors.put(id, known);
        }
        return known;
    }

    /** Null for a stranger. */
    Elector find(NodeId id) {
        return electors.get(id);
    }

    /** True when votes count for operators from now on, and did not before. */
    boolean arrived(Voter voter) {
        boolean alone = owners <= 1;
        Elector elector = of(voter.id());
        count(elector, -1);
        elector.arrived = true;
        elector.operator = operator(voter.operator());
        elector.referee = voter.referee();
        elector.exams.clear();
        owners += elector.operator.known ? 0 : 1;
        elector.operator.known = true;
        count(elector, 1);
        refereeAway &= !voter.referee();
        return alone && owners > 1;
    }

    /** The elector's standing follows. */
    void change(Elector elector, Reputation reputation) {
        count(elector, -1);
        elector.reputation = reputation;
        count(elector, 1);
    }

    void voted(Elector elector) {
        voters += elector.hasVoted ? 0 : 1;
        refereeAway &= !elector.referee;
    }

    /** Nobody reaches the referee: juries decide until it is heard of again. */
    void missReferee() {
        refereeAway = true;
    }

    /** True when a referee decides disputes, since the grid is small and has one. */
    boolean refereeDecides() {
        return referees > 0 && !refereeAway && activeOwners < CROWD;
    }

    /** True when so many have proven themselves that newcomers need not sit on juries. */
    boolean crowd() {
        return active > CROWD && active > CROWD_SHARE * workers;
    }

    /** True when all workers there are have one owner. */
    boolean isOneOperators() {
        return owners <= 1;
    }

    /** True when the two have one vote between them. */
    boolean sameVote(Elector one, Elector other) {
        return one == other || owners > 1 && one.operator == other.operator;
    }

    Guarantee guarantee() {
        if (voters <= 1) {
            return Guarantee.ONE_WORKER;
        }
        if (owners <= 1) {
            return Guarantee.ONE_OPERATOR;
        }
        return activeOwners >= CROWD || refereeDecides() ? Guarantee.LOTTERY : Guarantee.SMALL_JURY;
    }

    private Operator operator(String name) {
        return operators.computeIfAbsent(name, any -> new Operator());
    }

    private void count(Elector elector, int sign) {
        if (!elector.arrived || elector.banned()) {
            return;
        }
        Operator owner = elector.operator;
        workers += sign;
        referees += elector.referee ? sign : 0;
        if (elector.reputation.standing() == Standing.ACTIVE) {
            active += sign;
            activeOwners -= owner.active > 0 ? 1 : 0;
            owner.active += sign;
            activeOwners += owner.active > 0 ? 1 : 0;
        }
    }
}
