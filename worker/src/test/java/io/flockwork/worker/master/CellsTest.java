package io.flockwork.worker.master;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Every index is in one cell, and no cell is empty. */
class CellsTest {
    @Property
    void aCellBeginsWhereTheOneBeforeEnds(
            @ForAll @LongRange(min = -1_000, max = 1_000) long from,
            @ForAll @LongRange(min = 1, max = 5_000) long size,
            @ForAll @IntRange(min = 1, max = 600) int most) {
        Cells cells = Cells.of(from, size, most);
        assertEquals(from, cells.start(0));
        assertEquals(from + size, cells.start(cells.count()));
        for (int cell = 0; cell < cells.count(); cell++) {
            assertTrue(cells.start(cell) < cells.start(cell + 1));
            assertEquals(cell, cells.of(cells.start(cell)));
            assertEquals(cell, cells.of(cells.start(cell + 1) - 1));
        }
    }

    @Test
    void hugeSpacesAreCutToo() {
        Cells cells = Cells.of(0, Long.MAX_VALUE - 1, 10_000);
        assertEquals(0, cells.of(0));
        assertEquals(9_999, cells.of(Long.MAX_VALUE - 2));
        assertEquals(5_000, cells.of(Long.MAX_VALUE / 2 + 1_000_000));
    }
}
