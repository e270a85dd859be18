package io.flockwork.worker.verify;

import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Span;
import java.util.HexFormat;

/** One vote at rest: 80 bytes, since a job may hold a million of them. Later votes on the same unit hang on the first. */
final class Ballot {
    private static final int WORD = 16;

    final long from;
    final long to;
    final NodeId worker;
    private final long digest0;
    private final long digest1;
    private final long digest2;
    private final long digest3;
    final long fuel;
    Ballot nextVote;
    /** The next unit's first ballot in the same bucket of {@link BallotBox}. */
    Ballot nextUnit;

    Ballot(Vote vote) {
        from = vote.unit().from();
        to = vote.unit().to();
        worker = vote.worker();
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
        return new Vote(new Span(from, to), worker, digest(), fuel);
    }

    private static long word(String hex, int index) {
        return HexFormat.fromHexDigitsToLong(hex, index * WORD, (index + 1) * WORD);
    }
}
