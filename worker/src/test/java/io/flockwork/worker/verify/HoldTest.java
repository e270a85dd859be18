package io.flockwork.worker.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.flockwork.sdk.model.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

class HoldTest {
    private static final Span FIRST = new Span(0, 1);
    private static final Span SECOND = new Span(1, 2);

    private final Hold hold = new Hold(10);

    @Test
    void whatHasStoodForTheHoldIsDueOnce() {
        hold.begins(FIRST, 0);
        hold.begins(SECOND, 5);
        assertEquals(List.of(), hold.due(9));
        assertEquals(List.of(FIRST), hold.due(10));
        assertEquals(List.of(SECOND), hold.due(100));
        assertEquals(List.of(), hold.due(200));
    }

    @Test
    void anInterruptionBeginsItAnew() {
        hold.begins(FIRST, 0);
        hold.ends(FIRST);
        hold.begins(FIRST, 8);
        assertEquals(List.of(), hold.due(17));
        assertEquals(List.of(FIRST), hold.due(18));
    }

    @Test
    void whatIsWithdrawnIsNotDue() {
        hold.begins(FIRST, 0);
        hold.ends(FIRST);
        assertEquals(List.of(), hold.due(1000));
    }

    @Test
    void sayingItAgainChangesNothing() {
        hold.begins(FIRST, 0);
        hold.begins(FIRST, 9);
        assertEquals(List.of(FIRST), hold.due(10));
    }

    @Test
    void timeMayWrapAround() {
        hold.begins(FIRST, Long.MAX_VALUE - 4);
        assertEquals(List.of(), hold.due(Long.MAX_VALUE));
        assertEquals(List.of(FIRST), hold.due(Long.MIN_VALUE + 5));
    }

    @Test
    void cannotBeNegative() {
        assertThrows(IllegalArgumentException.class, () -> new Hold(-1));
    }
}
