package io.flockwork.worker.mesh;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

/** What a coordinator answers to a core. */
class AnnouncedFuzzTest {
    @FuzzTest(maxDuration = "30s")
    void answers(byte[] bytes) {
        try {
            assertNotNull(Announced.parse(bytes));
        } catch (IOException refused) {
            assertNotNull(refused.getMessage());
        }
    }
}
