package io.flockwork.worker.master;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.model.Span;
import io.flockwork.worker.mesh.Mesh.Segment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What earlier masters kept becomes one history, in which no index is counted twice and no settled unit is lost for nothing. */
class LedgerTest {
    @Test
    void theUnitsOfAllEpochsComeTogether() {
        Ledger ledger =
                restored(segment(1, 0, accepted(0, 10, "a"), open(10, 20)), segment(2, 0, accepted(20, 30, "b")));
        assertEquals(List.of(new Span(0, 10), new Span(10, 20), new Span(20, 30)), spans(ledger));
    }

    @Test
    void ofTwoSettledUnitsThatOverlapTheLaterEpochsWins() {
        Ledger ledger = restored(
                segment(1, 0, accepted(0, 10, "old"), accepted(10, 20, "kept")),
                segment(2, 0, accepted(5, 10, "new"), open(0, 5)));
        assertEquals(List.of(new Span(0, 5), new Span(5, 10), new Span(10, 20)), spans(ledger));
        assertArrayEquals(TestJobs.bytes("new"), result(ledger, new Span(5, 10)));
    }

    @Test
    void ofOneUnitTwiceTheLaterEpochsRecordStands() {
        Ledger ledger = restored(segment(1, 0, accepted(0, 10, "old")), segment(2, 0, accepted(0, 10, "new")));
        assertArrayEquals(TestJobs.bytes("new"), result(ledger, new Span(0, 10)));
    }

    @Test
    void aSettledUnitOfAnEarlierEpochBeatsAnOpenOneOfALaterOne() {
        Ledger ledger = restored(segment(1, 0, accepted(0, 10, "done")), segment(2, 0, open(0, 10), open(10, 12)));
        assertArrayEquals(TestJobs.bytes("done"), result(ledger, new Span(0, 10)));
        assertTrue(ledger.find(new Span(10, 12)).open());
    }

    @Test
    void aFinalResultBeatsWhateverALaterMasterHas() {
        Ledger ledger = restored(
                segment(1, 0, told(0, 10, "told", 1L << 32 | 5)), segment(2, 0, accepted(0, 7, "new"), open(7, 20)));
        assertArrayEquals(TestJobs.bytes("told"), result(ledger, new Span(0, 10)));
        assertEquals(1L << 32 | 5, ledger.find(new Span(0, 10)).sequence());
        assertEquals(List.of(new Span(0, 10)), spans(ledger));
    }

    /** The first master went on beside the second, which never heard of the unit 20..30 that the first told of. */
    @Test
    void whatOnlyAForkHasToldIsToBeToldAgain() {
        Ledger ledger = restored(
                segment(1, 0, told(0, 10, "both", 1L << 32 | 1), told(20, 30, "fork", 1L << 32 | 2)),
                segment(2, 0, told(0, 10, "both", 1L << 32 | 1), told(10, 20, "new", 2L << 32 | 1)));
        assertEquals(1L << 32 | 1, ledger.find(new Span(0, 10)).sequence());
        assertEquals(2L << 32 | 1, ledger.find(new Span(10, 20)).sequence());
        assertEquals(0, ledger.find(new Span(20, 30)).sequence());
        assertTrue(ledger.find(new Span(20, 30)).isFinal());
    }

    @Test
    void aMasterThatDiedBeforeItToldAnythingChangesNoPlace() {
        Ledger ledger = restored(segment(1, 0, told(0, 10, "a", 1L << 32 | 1)), segment(2, 1, accepted(10, 20, "b")));
        assertEquals(1L << 32 | 1, ledger.find(new Span(0, 10)).sequence());
    }

    @Test
    void anUnreadableSegmentCostsItsOwnUnitsOnly() {
        Ledger ledger = restored(
                segment(1, 0, accepted(0, 10, "a")),
                new Segment(1, 1, new byte[] {9, 9, 9}),
                segment(1, 2, open(30, 40)));
        assertEquals(List.of(new Span(0, 10), new Span(30, 40)), spans(ledger));
    }

    @Property(tries = 300)
    void noIndexIsCountedTwiceAndWhatOverlapsNothingIsTaken(@ForAll long seed) {
        Random random = new Random(seed);
        List<Segment> segments = new ArrayList<>();
        List<UnitRecord> all = new ArrayList<>();
        for (int epoch = 1; epoch <= 3; epoch++) {
            List<UnitRecord> units = scattered(random);
            all.addAll(units);
            segments.add(new Segment(epoch, 0, SegmentCodec.encode(units)));
        }
        Ledger ledger = new Ledger();
        ledger.restore(segments);
        List<UnitRecord> taken = ledger.inOrder();
        for (int i = 1; i < taken.size(); i++) {
            assertTrue(taken.get(i - 1).span.to() <= taken.get(i).span.from());
        }
        for (UnitRecord unit : all) {
            assertTrue(taken.stream().anyMatch(other -> other.span.overlaps(unit.span)), "left out without a reason");
            if (!unit.open()) {
                assertTrue(
                        taken.stream().anyMatch(other -> !other.open() && other.span.overlaps(unit.span)),
                        "a settled unit yields to a settled one only");
            }
        }
    }

    private static List<UnitRecord> scattered(Random random) {
        List<UnitRecord> units = new ArrayList<>();
        long from = 0;
        for (int i = 0; i < 12; i++) {
            from += random.nextInt(4);
            long to = from + 1 + random.nextInt(8);
            units.add(random.nextBoolean() ? open(from, to) : accepted(from, to, "x"));
            from = to;
        }
        return units;
    }

    @Test
    void whatWasTakenOverIsKeptAnewUnderTheNewEpoch() {
        Ledger ledger = restored(segment(1, 7, accepted(0, 10, "a")));
        Map<Integer, byte[]> segments = ledger.takeChanges();
        assertEquals(Set.of(0), segments.keySet());
        assertEquals(1, SegmentCodec.decode(segments.get(0)).size());
    }

    @Test
    void onlyChangedSegmentsAreTaken() {
        Ledger ledger = new Ledger();
        for (long index = 0; index < 2L * Ledger.SEGMENT_UNITS + 1; index++) {
            ledger.changed(ledger.of(new Span(index, index + 1)));
        }
        assertEquals(Set.of(0, 1, 2), ledger.takeChanges().keySet());
        assertFalse(ledger.hasChanges());
        ledger.changed(ledger.find(new Span(Ledger.SEGMENT_UNITS, Ledger.SEGMENT_UNITS + 1)));
        Map<Integer, byte[]> changed = ledger.takeChanges();
        assertEquals(Set.of(1), changed.keySet());
        assertEquals(Ledger.SEGMENT_UNITS, SegmentCodec.decode(changed.get(1)).size());
        ledger.changedAgain(changed.keySet());
        assertEquals(Set.of(1), ledger.takeChanges().keySet());
    }

    @Test
    void aUnitIsKnownWithinItsBoundsOnly() {
        Ledger ledger = new Ledger();
        UnitRecord record = ledger.of(new Span(0, 10));
        assertEquals(record, ledger.of(new Span(0, 10)));
        assertNull(ledger.find(new Span(0, 9)));
        assertThrows(IllegalStateException.class, () -> ledger.of(new Span(0, 9)));
        assertTrue(ledger.accepted(new Span(0, 10)).isEmpty());
        assertNotNull(ledger.find(new Span(0, 10)));
    }

    private static Ledger restored(Segment... segments) {
        Ledger ledger = new Ledger();
        ledger.restore(List.of(segments).stream()
                .sorted(Comparator.comparingInt(Segment::epoch).thenComparingInt(Segment::number))
                .toList());
        return ledger;
    }

    private static Segment segment(int epoch, int number, UnitRecord... units) {
        return new Segment(epoch, number, SegmentCodec.encode(List.of(units)));
    }

    private static UnitRecord open(long from, long to) {
        UnitRecord unit = new UnitRecord(new Span(from, to), 0);
        unit.vote(TestJobs.node(1), RandomUnits.digest(new byte[1]), 0, new Body.Inline(new byte[1]), new byte[0]);
        return unit;
    }

    private static UnitRecord accepted(long from, long to, String result) {
        UnitRecord unit = new UnitRecord(new Span(from, to), 0);
        byte[] bytes = TestJobs.bytes(result);
        unit.vote(TestJobs.node(1), RandomUnits.digest(bytes), 0, new Body.Inline(bytes), new byte[0]);
        unit.accept(RandomUnits.digest(bytes), true);
        return unit;
    }

    private static UnitRecord told(long from, long to, String result, long sequence) {
        UnitRecord unit = accepted(from, to, result);
        unit.release();
        unit.numberedFinal(sequence);
        return unit;
    }

    private static byte[] result(Ledger ledger, Span unit) {
        return ((Body.Inline) ledger.find(unit).result()).bytes();
    }

    private static List<Span> spans(Ledger ledger) {
        return ledger.inOrder().stream().map(unit -> unit.span).toList();
    }
}
