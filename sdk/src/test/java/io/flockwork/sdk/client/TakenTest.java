package io.flockwork.sdk.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.model.Span;
import java.util.BitSet;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class TakenTest {
    @Example
    void neighboursBecomeOneStretch() {
        Taken taken = new Taken();
        assertTrue(taken.add(new Span(0, 5)));
        assertTrue(taken.add(new Span(10, 15)));
        assertEquals(2, taken.stretches());
        assertTrue(taken.add(new Span(5, 10)));
        assertEquals(1, taken.stretches());
        assertFalse(taken.add(new Span(3, 12)));
    }

    @Property
    void itIsNewIfAnyIndexIs(@ForAll long seed) {
        Taken taken = new Taken();
        Random random = new Random(seed);
        BitSet expected = new BitSet();
        for (int i = 0; i < 40; i++) {
            int from = random.nextInt(60);
            int to = from + 1 + random.nextInt(10);
            boolean news = expected.get(from, to).cardinality() < to - from;
            assertEquals(news, taken.add(new Span(from, to)));
            expected.set(from, to);
        }
    }
}
