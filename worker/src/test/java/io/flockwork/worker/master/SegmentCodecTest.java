package io.flockwork.worker.master;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What a master keeps of its units is what the next one reads; and bytes that are no segment do no harm. */
class SegmentCodecTest {
    @Property(tries = 200)
    void aSegmentReadsBackAsItWasWritten(@ForAll long seed) {
        List<UnitRecord> units = RandomUnits.of(new Random(seed));
        List<UnitRecord> read = SegmentCodec.decode(SegmentCodec.encode(units));
        assertEquals(units.size(), read.size());
        for (int i = 0; i < units.size(); i++) {
            assertSame(units.get(i), read.get(i));
        }
    }

    private static void assertSame(UnitRecord written, UnitRecord read) {
        assertEquals(written.span, read.span);
        assertEquals(written.state(), read.state());
        assertEquals(written.ballots(), read.ballots());
        assertEquals(written.outvoted(), read.outvoted());
        assertEquals(written.digest(), read.digest());
        assertEquals(written.verified(), read.verified());
        assertEquals(written.poll(), read.poll());
        assertEquals(written.sequence(), read.sequence());
        assertEquals(written.failures(), read.failures());
        assertEquals(written.cause(), read.cause());
        assertArrayEquals(written.stderr(), read.stderr());
        assertSame(written.result(), read.result());
        assertEquals(
                List.copyOf(written.bodies().keySet()),
                List.copyOf(read.bodies().keySet()));
        written.bodies()
                .forEach((digest, body) -> assertSame(body, read.bodies().get(digest)));
    }

    private static void assertSame(Body written, Body read) {
        if (written instanceof Body.Inline inline) {
            assertArrayEquals(inline.bytes(), ((Body.Inline) read).bytes());
        } else {
            assertEquals(written, read);
        }
    }

    @Property(tries = 500)
    void damagedSegmentsAreRefusedOrReadButNeverMore(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] bytes = SegmentCodec.encode(RandomUnits.of(random));
        for (int i = 0; i < 5; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        byte[] damaged = Arrays.copyOf(bytes, random.nextInt(bytes.length) + 1);
        int units = decodedOrRefused(damaged);
        assertTrue(units <= damaged.length, "no more units than bytes");
    }

    @Property(tries = 500)
    void noiseIsRefusedOrReadButNeverMore(@ForAll byte[] noise) {
        assertTrue(decodedOrRefused(noise) <= noise.length);
    }

    @Test
    void aHugeCountIsRefusedBeforeAnythingIsAllocated() {
        byte[] twoBillionUnits = {1, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 7};
        assertThrows(IllegalArgumentException.class, () -> SegmentCodec.decode(twoBillionUnits));
    }

    @Test
    void aCutOrLengthenedSegmentIsRefused() {
        byte[] whole = SegmentCodec.encode(RandomUnits.of(new Random(11)));
        assertThrows(IllegalArgumentException.class, () -> SegmentCodec.decode(Arrays.copyOf(whole, whole.length - 1)));
        assertThrows(IllegalArgumentException.class, () -> SegmentCodec.decode(Arrays.copyOf(whole, whole.length + 1)));
    }

    private static int decodedOrRefused(byte[] bytes) {
        try {
            return SegmentCodec.decode(bytes).size();
        } catch (IllegalArgumentException refused) {
            return 0;
        }
    }
}
