package io.flockwork.worker.master;

import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Span;
import io.flockwork.worker.verify.UnitState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a master knows of a unit that somebody has tried. Open until it is accepted or has failed; what was accepted may be
 * withdrawn until it is final, at the job's end at the latest. Confined to the master's loop.
 */
final class UnitRecord {
    enum State {
        OPEN,
        ACCEPTED,
        FAILED
    }

    private static final byte[] NOTHING = {};

    /**
     * A vote.
     *
     * @param fuel the work that it took, 0 where that is not measured
     * @param dropped true when it counts no more; it stays as evidence
     */
    record Ballot(NodeId worker, BlobId digest, long fuel, boolean dropped) {
        Ballot withdrawn() {
            return new Ballot(worker, digest, fuel, true);
        }
    }

    final Span span;
    /** Place in the order of first tries; says which segment keeps the unit. */
    final int number;

    private State state = State.OPEN;
    private UnitState poll = UnitState.FRESH;
    private boolean drawn;
    private final List<Ballot> ballots = new ArrayList<>(2);
    private List<NodeId> debtors = List.of();
    /** What the answers are, the accepted one aside; immutable, for nearly every unit has but one at a time. */
    private Map<BlobId, Body> bodies = Map.of();

    private BlobId digest;
    private Body result;
    private long sequence;
    private int failures;
    private String cause = "";
    private byte[] stderr = NOTHING;

    UnitRecord(Span span, int number) {
        this.span = span;
        this.number = number;
    }

    /** The unit goes to this worker, whose answer counts from now on, whoever is the master then. */
    void leased(NodeId worker) {
        if (!debtors.contains(worker)) {
            List<NodeId> more = new ArrayList<>(debtors);
            more.add(worker);
            debtors = List.copyOf(more);
        }
    }

    private void answered(NodeId worker) {
        debtors = debtors.size() == 1 && debtors.contains(worker)
                ? List.of()
                : debtors.stream().filter(debtor -> !debtor.equals(worker)).toList();
    }

    void vote(NodeId worker, BlobId voted, long fuel, Body body, byte[] standardError) {
        answered(worker);
        ballots.add(new Ballot(worker, voted, fuel, false));
        if (!voted.equals(digest) && !bodies.containsKey(voted)) {
            addBody(voted, body);
        }
        if (standardError.length > 0 && stderr.length == 0) {
            stderr = standardError;
        }
    }

    private void addBody(BlobId answer, Body body) {
        if (bodies.isEmpty()) {
            bodies = Map.of(answer, body);
        } else {
            Map<BlobId, Body> more = new LinkedHashMap<>(bodies);
            more.put(answer, body);
            bodies = Collections.unmodifiableMap(more);
        }
    }

    /** The worker's vote counts no more. */
    void drop(NodeId worker) {
        ballots.replaceAll(ballot -> ballot.worker().equals(worker) ? ballot.withdrawn() : ballot);
    }

    /** True when the worker was given the unit and has not answered. */
    boolean owes(NodeId worker) {
        return debtors.contains(worker);
    }

    /** Where the unit stands with its votes. */
    void polled(UnitState now, boolean toBeCounted) {
        poll = now;
        drawn = toBeCounted;
    }

    /** True when the lottery's check of the unit is still to be counted. */
    boolean drawn() {
        return drawn;
    }

    UnitState poll() {
        return poll;
    }

    /** Whose answers lost, once the unit is accepted. */
    List<NodeId> outvoted() {
        return state != State.ACCEPTED
                ? List.of()
                : ballots.stream()
                        .filter(ballot -> !ballot.digest().equals(digest))
                        .map(Ballot::worker)
                        .toList();
    }

    void failedTry(NodeId worker, String why, byte[] standardError) {
        answered(worker);
        failures++;
        cause = why;
        stderr = standardError;
    }

    /** The digest won, until it is withdrawn; the other answers are forgotten. */
    void accept(BlobId winner, boolean verified) {
        state = State.ACCEPTED;
        poll = verified ? UnitState.ACCEPTED : UnitState.UNVERIFIED;
        drawn = false;
        result = winner.equals(digest) ? result : bodies.get(winner);
        digest = winner;
        bodies = Map.of();
    }

    /** What was accepted is final. */
    void release() {
        poll = UnitState.FINAL;
    }

    boolean isFinal() {
        return poll == UnitState.FINAL;
    }

    /** The unit's place in the order in which results became final. */
    void numberedFinal(long place) {
        sequence = place;
    }

    /** The same; 0 while it has none. */
    long sequence() {
        return sequence;
    }

    /** Other answers that came after the accepted one. */
    void alsoGiven(Map<BlobId, Body> others) {
        bodies = others.isEmpty() ? Map.of() : Collections.unmodifiableMap(others);
    }

    /** The unit has no result after all. What was accepted may be again. */
    void withdraw() {
        if (isFinal()) {
            throw new IllegalStateException("unit " + span + " has a final result");
        }
        state = State.OPEN;
        addBody(digest, result);
        digest = null;
        result = null;
    }

    void giveUp() {
        state = State.FAILED;
        bodies = Map.of();
        debtors = List.of();
    }

    boolean open() {
        return state == State.OPEN;
    }

    State state() {
        return state;
    }

    List<Ballot> ballots() {
        return ballots;
    }

    /** Who has or had the open unit on lease and has not answered. */
    List<NodeId> debtors() {
        return debtors;
    }

    Map<BlobId, Body> bodies() {
        return bodies;
    }

    BlobId digest() {
        return digest;
    }

    Body result() {
        return result;
    }

    boolean verified() {
        return poll != UnitState.UNVERIFIED;
    }

    int failures() {
        return failures;
    }

    String cause() {
        return cause;
    }

    byte[] stderr() {
        return stderr;
    }

    /** Why the unit failed, with how often it was tried. */
    String failure() {
        return cause + " after " + failures + (failures == 1 ? " try" : " tries");
    }

    /** The same record at another place in the order of first tries. */
    UnitRecord numbered(int newNumber) {
        UnitRecord copy = restored(span, newNumber, ballots, debtors, bodies, failures, cause, stderr);
        copy.state = state;
        copy.digest = digest;
        copy.result = result;
        copy.poll = poll;
        copy.drawn = drawn;
        copy.sequence = sequence;
        return copy;
    }

    /** Rebuilds a record that was kept. */
    static UnitRecord restored(
            Span span,
            int number,
            List<Ballot> ballots,
            List<NodeId> debtors,
            Map<BlobId, Body> bodies,
            int failures,
            String cause,
            byte[] stderr) {
        UnitRecord record = new UnitRecord(span, number);
        record.ballots.addAll(ballots);
        record.debtors = List.copyOf(debtors);
        record.bodies = Collections.unmodifiableMap(bodies);
        record.failures = failures;
        record.cause = cause;
        record.stderr = stderr;
        return record;
    }
}
