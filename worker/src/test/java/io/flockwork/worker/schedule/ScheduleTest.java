package io.flockwork.worker.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The schedule's rules, one at a time. */
class ScheduleTest {
    private static final long SECOND = 1_000_000_000L;
    private static final NodeId ANN = new NodeId("ann");
    private static final NodeId BEN = new NodeId("ben");
    private static final NodeId CAT = new NodeId("cat");
    private static final Demand ONE = new Demand(1, 1, 0, 1);

    private long now;

    @Test
    void aUnitOfFixedStepIsLeasedOnceAndSettled() {
        Schedule schedule = fixed(1, 1);
        assertEquals(List.of(new Span(0, 1)), schedule.request(now, ANN, ONE, Eligibility.ANYBODY));
        assertEquals(List.of(), schedule.request(now, BEN, ONE, Eligibility.ANYBODY));
        assertTrue(schedule.voted(now, ANN, new Span(0, 1), 10));
        assertFalse(schedule.isFinished());
        assertEquals(List.of(), schedule.settled(new Span(0, 1)));
        assertTrue(schedule.isFinished());
    }

    @Test
    void copiesOfOneUnitGoToDifferentWorkersBeforeAnythingFresh() {
        Schedule schedule = fixed(2, 2);
        assertEquals(new Span(0, 1), one(schedule, ANN));
        assertEquals(new Span(0, 1), one(schedule, BEN));
        assertEquals(new Span(1, 2), one(schedule, BEN));
        assertEquals(new Span(1, 2), one(schedule, ANN));
        assertTrue(schedule.voted(now, ANN, new Span(0, 1), 10));
        assertEquals(List.of(), schedule.request(now, ANN, ONE, Eligibility.ANYBODY));
        assertTrue(schedule.want(new Span(0, 1), 2));
        assertEquals(List.of(), schedule.request(now, ANN, ONE, Eligibility.ANYBODY), "a voter gets no second copy");
        assertEquals(new Span(0, 1), one(schedule, CAT));
    }

    @Test
    void aWorkerThatFailedAUnitGetsItAgainOnlyAsTheLastResort() {
        Schedule schedule = fixed(1, 1);
        Span unit = one(schedule, ANN);
        schedule.heartbeat(now, BEN, List.of());
        assertEquals(Retry.TRY_AGAIN, schedule.failed(now, ANN, unit, 3));
        assertEquals(List.of(), schedule.request(now, ANN, ONE, Eligibility.ANYBODY));
        assertEquals(unit, one(schedule, BEN));
        assertEquals(Retry.TRY_AGAIN, schedule.failed(now, BEN, unit, 3));
        assertEquals(unit, one(schedule, ANN));
        assertEquals(Retry.IGNORED, schedule.failed(now, BEN, unit, 3));
        assertEquals(Retry.GIVEN_UP, schedule.failed(now, ANN, unit, 3));
        schedule.settled(unit);
        assertTrue(schedule.isFinished());
    }

    @Test
    void whoPassedAUnitOverLooksAtItAgainOnceItsLeaseIsGone() {
        Schedule schedule = fixed(1, 2);
        Span unit = one(schedule, ANN);
        assertEquals(List.of(), schedule.request(now, ANN, ONE, Eligibility.ANYBODY));
        schedule.lost(ANN);
        assertEquals(unit, one(schedule, ANN));
    }

    @Test
    void passingAUnitOverHidesNoneThatComesAfter() {
        Schedule schedule = fixed(1, 2);
        one(schedule, ANN);
        assertEquals(List.of(), schedule.request(now, ANN, ONE, Eligibility.ANYBODY));
        Span later = new Span(5, 6);
        schedule.restore(later, 1, List.of(BEN), List.of(), 0);
        assertEquals(later, one(schedule, ANN));
    }

    @Test
    void theOnlyWorkerLeftRetriesWhatItFailed() {
        Schedule schedule = fixed(1, 1);
        Span unit = one(schedule, ANN);
        schedule.heartbeat(now, BEN, List.of());
        schedule.failed(now, ANN, unit, 3);
        assertEquals(List.of(), schedule.request(now, ANN, ONE, Eligibility.ANYBODY));
        schedule.lost(BEN);
        assertEquals(unit, one(schedule, ANN));
    }

    @Test
    void aSilentWorkersLeasesEndAtItsDeadlineAndHeartbeatsMoveIt() {
        Schedule schedule = fixed(1, 1);
        Span unit = one(schedule, ANN);
        assertEquals(40 * SECOND, schedule.nextChange(now).orElseThrow());
        now = 9 * SECOND;
        assertEquals(List.of(), schedule.heartbeat(now, ANN, List.of(unit)));
        now = 18 * SECOND;
        assertEquals(List.of(), schedule.expire(now));
        now = 19 * SECOND;
        assertEquals(List.of(new Lease(unit, ANN)), schedule.expire(now));
        assertEquals(unit, one(schedule, BEN));
        assertTrue(schedule.voted(now, ANN, unit, 10), "a late result still counts");
        assertEquals(List.of(new Lease(unit, BEN)), schedule.settled(unit));
    }

    @Test
    void whatAWorkerNoLongerHasInHandIsGivenBackAfterAGrace() {
        Schedule schedule = fixed(1, 1);
        Span unit = one(schedule, ANN);
        now = SECOND;
        assertEquals(List.of(), schedule.heartbeat(now, ANN, List.of()));
        now = 6 * SECOND;
        assertEquals(List.of(new Lease(unit, ANN)), schedule.heartbeat(now, ANN, List.of()));
        assertTrue(schedule.hasUnleased());
        schedule.heartbeat(now, ANN, List.of(unit));
        assertFalse(schedule.hasUnleased(), "it had it after all");
    }

    @Test
    void anOverdueUnitGetsOneExtraCopyOnceNothingIsFresh() {
        Schedule schedule = fixed(1, 1);
        Span unit = one(schedule, ANN);
        assertEquals(List.of(), schedule.request(now, BEN, ONE, Eligibility.ANYBODY));
        now = schedule.nextChange(now).orElseThrow();
        schedule.heartbeat(now, ANN, List.of(unit));
        now = 15 * SECOND;
        schedule.heartbeat(now, ANN, List.of(unit));
        assertEquals(unit, one(schedule, BEN));
        assertEquals(List.of(), schedule.request(now, CAT, ONE, Eligibility.ANYBODY));
        assertTrue(schedule.voted(now, BEN, unit, 10));
        assertEquals(List.of(new Lease(unit, ANN)), schedule.settled(unit));
    }

    @Test
    void carvedUnitsGrowFromAProbeTowardsTheTarget() {
        Schedule schedule = new Schedule(List.of(new Span(0, 1L << 40)), 0, 1, ScheduleSettings.DEFAULT);
        List<Long> sizes = new ArrayList<>();
        for (int unit = 0; unit < 12; unit++) {
            Span span = one(schedule, ANN);
            sizes.add(span.size());
            assertTrue(schedule.voted(now, ANN, span, span.size()), "a million indices a second");
            schedule.settled(span);
        }
        assertEquals(1024, sizes.get(0));
        assertEquals(8 * 1024, sizes.get(1));
        assertEquals(10_000_000, sizes.get(11), 1000);
    }

    /** By time alone the units would have ten million indices, and each would fail for what it prints. */
    @Test
    void carvedUnitsStayWellBelowWhatTheyMayPrint() {
        Schedule schedule = new Schedule(List.of(new Span(0, 1L << 40)), 0, 1, ScheduleSettings.DEFAULT);
        double most = 64 << 20;
        Span span = one(schedule, ANN);
        for (int unit = 0; unit < 50; unit++) {
            double printed = 100.0 * span.size();
            assertTrue(printed < most / 2, span::toString);
            schedule.voted(now, ANN, span, span.size());
            schedule.printed(ANN, span, printed / most);
            schedule.settled(span);
            span = one(schedule, ANN);
        }
        assertEquals(most / 4 / 100, span.size(), 1);
        assertTrue(schedule.voted(now, BEN, one(schedule, BEN), 1000));
        assertTrue(one(schedule, BEN).size() > most / 4 / 100, "each by what it printed itself");
    }

    @Test
    void whatEachUnitPrintsAnywayMakesNoUnitSmall() {
        Schedule schedule = new Schedule(List.of(new Span(0, 1L << 40)), 0, 1, ScheduleSettings.DEFAULT);
        Span span = one(schedule, ANN);
        for (int unit = 0; unit < 12; unit++) {
            schedule.voted(now, ANN, span, span.size());
            schedule.printed(ANN, span, 1e-4);
            schedule.settled(span);
            span = one(schedule, ANN);
        }
        assertEquals(10_000_000, span.size(), 1000);
    }

    @Test
    void carvedUnitsShrinkTowardsTheEnd() {
        Schedule schedule = new Schedule(List.of(new Span(0, 20_000_000)), 0, 1, ScheduleSettings.DEFAULT);
        long last = 0;
        while (!schedule.isFinished()) {
            Span span = one(schedule, ANN);
            last = span.size();
            schedule.voted(now, ANN, span, span.size());
            schedule.settled(span);
        }
        assertTrue(last <= 250_000, () -> "the last unit takes at most a quarter of a second");
    }

    @Test
    void aBatchFillsTheSlotsForTheTimeAskedFor() {
        Schedule schedule = fixed(1_000_000, 1);
        Demand demand = new Demand(2, 1, 0, 100_000);
        int batch = 0;
        for (int request = 0; request < 8; request++) {
            List<Span> units = schedule.request(now, ANN, demand, Eligibility.ANYBODY);
            batch = units.size();
            units.forEach(unit -> {
                schedule.voted(now, ANN, unit, 1000);
                schedule.settled(unit);
            });
        }
        assertEquals(2000, batch, 1);
    }

    @Test
    void aWorkerKeepsWhatTheMasterBeforeLeasedToItAndNothingElse() {
        Schedule schedule = new Schedule(List.of(new Span(0, 100), new Span(200, 300)), 0, 2, ScheduleSettings.DEFAULT);
        Span unit = new Span(100, 200);
        schedule.restore(unit, 1, List.of(ANN), List.of(BEN), 0);
        assertTrue(schedule.owes(BEN, unit));
        assertFalse(schedule.owes(ANN, unit), "it has voted");
        assertFalse(schedule.owes(CAT, unit), "it never had it");
        assertFalse(schedule.owes(BEN, new Span(0, 10)), "nobody had it");
        schedule.heartbeat(now, BEN, List.of(unit));
        assertEquals(1, schedule.leases(), "what it still holds is its again");
        assertFalse(schedule.voted(now, CAT, unit, 5));
        assertFalse(schedule.voted(now, ANN, unit, 5));
        assertTrue(schedule.voted(now, BEN, unit, 5));
        assertFalse(schedule.voted(now, BEN, unit, 5), "once");
        assertEquals(300, schedule.indicesLeft());
        assertThrows(
                IllegalArgumentException.class, () -> schedule.restore(new Span(0, 5), 1, List.of(), List.of(), 0));
    }

    @Test
    void unitsThatNobodyLeftMayComputeAreNamed() {
        Schedule schedule = fixed(3, 2);
        for (int unit = 0; unit < 3; unit++) {
            schedule.voted(now, ANN, one(schedule, ANN), 10);
        }
        assertEquals(List.of(new Span(0, 1), new Span(1, 2)), schedule.lacking(Eligibility.ANYBODY, 2));
        schedule.heartbeat(now, BEN, List.of());
        assertEquals(List.of(), schedule.lacking(Eligibility.ANYBODY, 10));
        assertEquals(
                3,
                schedule.lacking((worker, unit, holders) -> worker.equals(ANN), 10)
                        .size());
    }

    @Test
    void aWorkerStuckInADearUnitNoLongerCountsAsFast() {
        Schedule schedule = fixed(100, 1);
        schedule.voted(now, ANN, one(schedule, ANN), 1000);
        assertTrue(schedule.secondsLeft() < 1);
        Span dear = one(schedule, ANN);
        now = 20 * SECOND;
        schedule.heartbeat(now, ANN, List.of(dear));
        assertEquals(99 * 20, schedule.secondsLeft(), 1e-6);
    }

    @Test
    void whoWaitsWithoutASignNoLongerCountsAsLive() {
        Schedule schedule = fixed(1, 1);
        schedule.heartbeat(now, ANN, List.of());
        schedule.heartbeat(now, BEN, List.of());
        now = 9 * SECOND;
        schedule.heartbeat(now, BEN, List.of());
        now = 10 * SECOND;
        assertEquals(List.of(), schedule.expire(now));
        assertEquals(1, schedule.liveWorkers());
    }

    @Test
    void ofTwoWaitingTheFasterIsServedFirst() {
        Schedule schedule = fixed(10, 1);
        schedule.voted(now, ANN, one(schedule, ANN), 1000);
        schedule.voted(now, BEN, one(schedule, BEN), 10);
        assertEquals(List.of(BEN, ANN), schedule.fastestFirst(List.of(ANN, BEN)));
    }

    @Test
    void aResultOfAUnitTheWorkerNeverHadIsRefused() {
        Schedule schedule = fixed(2, 1);
        Span unit = one(schedule, ANN);
        assertFalse(schedule.voted(now, BEN, unit, 10));
        assertFalse(schedule.voted(now, ANN, new Span(0, 2), 10));
        assertFalse(schedule.voted(now, ANN, new Span(1, 2), 10));
    }

    @Test
    void senselessArgumentsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Demand(0, 1, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new Demand(1, Double.NaN, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new Demand(1, 1, -1, 1));
        assertThrows(IllegalArgumentException.class, () -> new Demand(1, 1, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> fixed(1, 0));
        List<Span> twice = List.of(new Span(0, 2), new Span(1, 3));
        assertThrows(IllegalArgumentException.class, () -> new Schedule(twice, 0, 1, ScheduleSettings.DEFAULT));
    }

    @Test
    void whoHasACopyOnLeaseIsToldToWhoeverDecidesWhoMayHaveAnother() {
        Schedule schedule = fixed(1, 2);
        one(schedule, ANN);
        schedule.request(now, BEN, ONE, (worker, unit, holders) -> {
            assertEquals(List.of(ANN), holders);
            return true;
        });
        assertEquals(2, schedule.leases());
    }

    @Test
    void copiesGoOutByLotAndNoneIsForgotten() {
        int most = 1000;
        Schedule schedule = new Schedule(List.of(new Span(0, most)), 1, 2, ScheduleSettings.DEFAULT, 7);
        for (int i = 0; i < most; i++) {
            schedule.voted(now, ANN, one(schedule, ANN), 1);
        }
        List<Span> order = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            order.add(one(schedule, BEN));
            schedule.voted(now, BEN, order.get(i), 1);
            schedule.settled(order.get(i));
        }
        List<Span> sorted = order.stream().sorted().toList();
        assertEquals(most, Set.copyOf(order).size());
        assertNotEquals(sorted, order);
        assertTrue(inversions(order) > most * most / 8, "hardly mixed");
    }

    private static long inversions(List<Span> order) {
        long count = 0;
        for (int i = 0; i < order.size(); i++) {
            for (int j = i + 1; j < order.size(); j++) {
                count += order.get(i).compareTo(order.get(j)) > 0 ? 1 : 0;
            }
        }
        return count;
    }

    private static Schedule fixed(long units, int copies) {
        return new Schedule(List.of(new Span(0, units)), 1, copies, ScheduleSettings.DEFAULT);
    }

    private Span one(Schedule schedule, NodeId worker) {
        List<Span> units = schedule.request(now, worker, ONE, Eligibility.ANYBODY);
        assertEquals(1, units.size());
        return units.get(0);
    }
}
