package io.flockwork.sdk.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the grid remembers of a worker, step by step. */
class ConductTest {
    private static final NodeId WORKER = new NodeId("w");

    private static Conduct after(Conduct before, Judgement judgement) {
        return Conduct.after(Optional.ofNullable(before), WORKER, judgement);
    }

    private static Judgement.Seen passed(int times) {
        Reputation now = Reputation.of(WORKER, false);
        for (int i = 0; i < times; i++) {
            now = now.passed(i < 2, Reputation.PROBATION);
        }
        return new Judgement.Seen(now, times, List.of());
    }

    private static Judgement.Seen struck(long unit, boolean banned) {
        Strike strike = new Strike(
                new JobId("job"),
                new Span(unit, unit + 1),
                new BlobId("1".repeat(64)),
                new BlobId("2".repeat(64)),
                false,
                banned,
                unit);
        return new Judgement.Seen(Reputation.of(WORKER, false).struck(banned, Reputation.EXAMS), 0, List.of(strike));
    }

    @Test
    void whatTwoMastersSeeIsJoined() {
        Conduct worker = after(after(null, passed(Reputation.PROBATION)), struck(1, false));
        assertEquals(Standing.NEW, worker.reputation().standing());
        assertEquals(1, worker.reputation().strikes());
        assertEquals(5.0 / 6, worker.agreement().orElseThrow());
        worker = after(worker, passed(Reputation.PROBATION));
        assertEquals(Standing.NEW, worker.reputation().standing(), "what was seen before a strike counts no more");
        assertEquals(10, worker.agreed());
    }

    @Test
    void aStepTakenTwiceStrikesOnce() {
        Conduct once = after(null, struck(1, false));
        assertEquals(once, after(once, struck(1, false)));
    }

    @Test
    void theLastStrikesAreRememberedAndAllAreCounted() {
        Conduct worker = after(null, passed(1));
        for (int unit = 0; unit < 100; unit++) {
            worker = after(worker, struck(unit, unit == 99));
        }
        assertEquals(Conduct.MOST_STRIKES, worker.strikes().size());
        assertEquals(99, worker.strikes().get(0).unit().from());
        assertEquals(100, worker.outvoted());
        assertEquals(Standing.BANNED, worker.reputation().standing());
    }

    @Test
    void aPardonOutlivesWhatACoreRemembersFromBefore() {
        Conduct banned = after(after(null, passed(3)), struck(1, true));
        Conduct pardoned = after(banned, new Judgement.Pardon());
        assertEquals(Standing.NEW, pardoned.reputation().standing());
        assertEquals(pardoned, after(pardoned, new Judgement.Remembered(banned)));
        assertEquals(pardoned, after(banned, new Judgement.Remembered(pardoned)));
        assertEquals(banned, after(null, new Judgement.Remembered(banned)));
    }

    @Test
    void whatTwoHalvesOfAGridKnowIsJoined() {
        Conduct before = after(null, passed(2));
        Conduct one = after(before, struck(1, false));
        Conduct other = after(before, struck(2, true));
        assertEquals(one.merged(other), other.merged(one));
        assertEquals(2, one.merged(other).strikes().size());
        assertEquals(Standing.BANNED, one.merged(other).reputation().standing());
    }
}
