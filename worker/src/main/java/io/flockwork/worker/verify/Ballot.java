package io.flockwork.worker.verify;

import io.flockwork.sdk.model.BlobId;

/** One vote at rest, kept small, since a job may hold a million of them. It hangs in its case's chain and in its voter's. */
final class Ballot {
    final Case of;
    final Elector voter;
    final long fuel;
    private final BlobId digest;
    /** The next vote on the same unit. */
    Ballot next;
    /** The vote that its voter cast before. */
    Ballot before;

    Ballot(Case of, Elector voter, Vote vote) {
        this.of = of;
        this.voter = voter;
        fuel = vote.fuel();
        digest = vote.digest();
    }

    boolean agrees(Ballot other) {
        return fuel == other.fuel && digest.equals(other.digest);
    }

    BlobId digest() {
        return digest;
    }

    Vote vote() {
        return new Vote(of.unit(), voter.id, digest, fuel);
    }
}
