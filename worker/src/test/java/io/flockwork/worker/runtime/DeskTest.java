package io.flockwork.worker.runtime;

import static io.flockwork.worker.runtime.RunnerHarness.java;
import static io.flockwork.worker.runtime.RunnerHarness.unit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.UnitOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** How much the runner is given at once, and who is blamed for its death. */
class DeskTest {
    private static final int SLOTS = 2;

    private final Desk desk = new Desk(SLOTS);
    private final UnitCode code = java("job", "mirror", Map.of());

    private void add(UnitCode of, int units) {
        List<UnitTask> tasks =
                LongStream.range(0, units).mapToObj(i -> unit(i, "")).toList();
        desk.add(of, tasks, (job, ended) -> {});
    }

    private List<Integer> feed() {
        List<Integer> ids = new ArrayList<>();
        Optional<Desk.Errand> errand = desk.next();
        while (errand.isPresent()) {
            if (errand.get() instanceof Desk.Errand.Give give) {
                give.orders().forEach(order -> ids.add(order.id()));
            }
            errand = desk.next();
        }
        return ids;
    }

    private void answer(List<Integer> ids, long micros) {
        for (int id : ids) {
            assertTrue(desk.answer(id, done(micros)).isPresent());
        }
    }

    private static UnitOutcome done(long micros) {
        return new UnitOutcome.Done(new byte[0], new byte[0], micros);
    }

    @Test
    void unknownAndLongUnitsAreGivenTwoForEachSlot() {
        add(code, 100);
        List<Integer> first = feed();
        assertEquals(2 * SLOTS, first.size());
        answer(first, 10_000_000);
        assertEquals(2 * SLOTS, feed().size());
    }

    @Test
    void tinyUnitsAreGivenByTheThousand() {
        add(code, 100_000);
        answer(feed(), 5);
        assertTrue(feed().size() > 10_000);
    }

    @Test
    void codeIsToldOnceToEachRunner() {
        add(code, 3);
        assertTrue(desk.next().orElseThrow() instanceof Desk.Errand.Give give && give.define());
        add(code, 1);
        assertTrue(desk.next().orElseThrow() instanceof Desk.Errand.Give give && !give.define());
        desk.lost(Set.of(), false);
        assertTrue(desk.next().orElseThrow() instanceof Desk.Errand.Give give && give.define());
    }

    @Test
    void jobsThatAreLongIdleAreForgotten() {
        for (int i = 0; i < 30; i++) {
            add(java("job" + (char) ('a' + i % 20), "mirror", Map.of()), 1);
            answer(feed(), 1);
        }
        add(java("last", "mirror", Map.of()), 1);
        assertTrue(
                desk.next().orElseThrow() instanceof Desk.Errand.Send send && send.message() instanceof Message.Forget);
    }

    @Test
    void whatRanWhenTheRunnerDiedRunsAloneAndOnlyTheKillerIsGuilty() {
        add(code, 6);
        List<Integer> given = feed();
        List<Integer> running = given.subList(0, 2);
        assertEquals(List.of(), desk.lost(Set.copyOf(running), true));

        assertEquals(running.subList(0, 1), feed(), "the first suspect, alone");
        answer(running.subList(0, 1), 100);
        assertEquals(running.subList(1, 2), feed(), "the second suspect, alone");
        List<Ticket> guilty = desk.lost(Set.of(running.get(1)), true);
        assertEquals(running.subList(1, 2), guilty.stream().map(Ticket::id).toList());

        List<Integer> rest = new ArrayList<>(feed());
        answer(rest, 100);
        assertEquals(4, rest.size());
        assertEquals(given.subList(2, 4), rest.subList(0, 2), "the innocent come first, in their order");
    }

    @Test
    void aRunnerThatLeavesByItselfLeavesNobodySuspect() {
        add(code, 4);
        List<Integer> given = feed();
        assertEquals(List.of(), desk.lost(Set.copyOf(given), false));
        assertEquals(given, feed());
    }

    @Test
    void theAnswersOfDroppedUnitsReachNobody() {
        add(code, 6);
        List<Integer> given = feed();
        desk.drop(code.job());
        assertTrue(desk.next().orElseThrow() instanceof Desk.Errand.Send send
                && send.message() instanceof Message.Stop stop
                && Set.copyOf(stop.ids()).equals(Set.copyOf(given)));
        given.forEach(id -> assertTrue(desk.answer(id, done(1)).isEmpty()));
        assertEquals(List.of(), feed());
    }

    @Test
    void anInspectionPassesUnitsThatWait() {
        add(code, 100);
        feed();
        desk.inspect(new byte[3], BlobId.of(new byte[BlobId.BYTES]), outcome -> {});
        assertTrue(desk.next().orElseThrow() instanceof Desk.Errand.Send send
                && send.message() instanceof Message.Inspect);
    }
}
