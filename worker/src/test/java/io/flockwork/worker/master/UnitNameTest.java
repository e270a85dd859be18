package io.flockwork.worker.master;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.Slice;
import io.flockwork.sdk.model.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A person may name any unit that a job has, and no other. */
class UnitNameTest {
    private static final Split STEPS = Split.ofRange(-10, 15, 10);
    private static final Split CARVED = Split.ofRange(-10, 15, 0);
    private static final Split INPUTS = Split.ofInputs(3, index -> new Slice(new BlobId("7".repeat(64)), index, 1, ""));

    private static Span named(Split split, String name) {
        return new UnitName(name).in(split);
    }

    @Test
    void byNumberOrByBounds() {
        assertEquals(new Span(2, 3), named(INPUTS, "2"));
        assertEquals(new Span(-10, 0), named(STEPS, "0"));
        assertEquals(new Span(10, 15), named(STEPS, "2"));
        assertEquals(new Span(-3, 15), named(CARVED, "-3..15"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "-1", "0..2", "1..1", "99999999999999999999", "", "x", "1..2..3"})
    void noInputOfThatName(String name) {
        assertThrows(IllegalArgumentException.class, () -> named(INPUTS, name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "-1", "999999999999999999", "-11..3", "3..16", "5..5", "6..5"})
    void noSpanOfThatName(String name) {
        assertThrows(IllegalArgumentException.class, () -> named(STEPS, name));
    }

    @Test
    void aCarvedRangeHasNoNumbers() {
        assertThrows(IllegalArgumentException.class, () -> named(CARVED, "0"));
    }
}
