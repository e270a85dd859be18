package io.flockwork.sdk.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** What is signed has one writing only. */
class ExactBase64Test {
    @Test
    void theUnusedBitsOfTheLastLetterAreZero() {
        assertArrayEquals(new byte[] {1}, ExactBase64.decode("AQ=="));
        assertThrows(IllegalArgumentException.class, () -> ExactBase64.decode("AR=="));
        assertThrows(IllegalArgumentException.class, () -> ExactBase64.decode("AQ"));
        assertThrows(IllegalArgumentException.class, () -> ExactBase64.decode("not so"));
    }
}
