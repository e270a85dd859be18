package io.flockwork.sdk.wasm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** A module is a stranger's bytes: they are rewritten, always alike, or refused with a sentence. */
class MeteringFuzzTest {
    @FuzzTest(maxDuration = "30s")
    void modules(byte[] bytes) {
        byte[] metered;
        try {
            metered = Metering.rewrite(bytes);
        } catch (IllegalArgumentException refused) {
            assertNotNull(refused.getMessage());
            return;
        }
        assertArrayEquals(metered, Metering.rewrite(bytes));
        String twice = assertThrows(IllegalArgumentException.class, () -> Metering.rewrite(metered))
                .getMessage();
        assertEquals("the module exports 'flockwork.fuel'; names with flockwork. are reserved", twice);
    }
}
