package io.flockwork.worker.verify;

import io.flockwork.sdk.model.BlobId;
import java.util.HexFormat;

/** One vote at rest: 72 bytes, since a job may hold a million of them. It hangs in its case's chain and in its voter's. */
final class Ballot {
    private static final int WORD = 16;

    final Case of;
    final Elector voter;
    final long fuel;
    private final long digest0;
    private final long digest1;
    private final long digest2;
    private final long digest3;
    /** The next vote on the same unit. */
    Ballot next;
    /** The vote that its voter cast before. */
    Ballot before;

    Ballot(Case of, Elector voter, Vote vote) {
        this.of = of;
        this.voter = voter;
        fuel = vote.fuel();
        String hex = vote.digest().hex();
        digest0 = word(hex, 0);
        digest1 = word(hex, 1);
        digest2 = word(hex, 2);
        digest3 = word(hex, 3);
    }

    boolean agrees(Ballot other) {
        return fuel == other.fuel
                && digest0 == other.digest0
                && digest1 == other.digest1
                && digest2 == other.digest2
                && digest3 == other.digest3;
    }

    BlobId digest() {
        HexFormat hex = HexFormat.of();
        return new BlobId(hex.toHexDigits(digest0)
                + hex.toHexDigits(digest1)
                + hex.toHexDigits(digest2)
                + hex.toHexDigits(digest3));
    }

    Vote vote() {
        return new Vote(of.unit(), voter.id, digest(), fuel);
    }

    private static long word(String hex, int index) {
        return HexFormat.fromHexDigitsToLong(hex, index * WORD, (index + 1) * WORD);
    }
}
