package io.flockwork.worker.master;

import io.flockwork.sdk.blob.BlobHasher;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Units in every state that a master can bring them into. */
final class RandomUnits {
    private RandomUnits() {}

    /** Up to 40 units, in order, with gaps. */
    static List<UnitRecord> of(Random random) {
        List<UnitRecord> units = new ArrayList<>();
        long from = random.nextLong() >> 8;
        for (int number = 0; number < random.nextInt(40); number++) {
            from += random.nextInt(3);
            Span span = new Span(from, from + 1 + random.nextInt(1000));
            units.add(unit(span, number, random));
            from = span.to();
        }
        return units;
    }

    private static UnitRecord unit(Span span, int number, Random random) {
        UnitRecord unit = new UnitRecord(span, number);
        for (int i = random.nextInt(3); i > 0; i--) {
            unit.failedTry(TestJobs.node(i), "exit code " + i, TestJobs.bytes("warning " + i));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            unit.leased(TestJobs.node(30 + i));
        }
        int voters = random.nextInt(4);
        for (int i = 0; i < voters; i++) {
            vote(unit, i, random);
        }
        if (voters > 0 && random.nextBoolean()) {
            unit.accept(unit.ballots().get(random.nextInt(voters)).digest(), random.nextBoolean());
            if (unit.verified() && random.nextBoolean()) {
                unit.release();
                unit.numberedFinal(1 + random.nextInt(1 << 20));
            }
            if (random.nextBoolean()) {
                byte[] other = {99};
                unit.vote(TestJobs.node(20), digest(other), 5, new Body.Inline(other), new byte[0]);
                unit.drop(TestJobs.node(random.nextInt(21)));
            }
        } else if (unit.failures() > 0 && random.nextBoolean()) {
            unit.giveUp();
        }
        return unit;
    }

    private static void vote(UnitRecord unit, int voter, Random random) {
        byte[] result = {(byte) random.nextInt(2)};
        BlobId digest = digest(result);
        Body body = random.nextBoolean() ? new Body.Inline(result) : new Body.Stored(digest, 1);
        unit.vote(TestJobs.node(voter), digest, random.nextInt(9), body, new byte[random.nextInt(3)]);
    }

    static BlobId digest(byte[] result) {
        return new BlobHasher().idOf(result);
    }
}
