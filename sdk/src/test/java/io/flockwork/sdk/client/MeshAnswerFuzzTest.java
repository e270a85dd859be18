package io.flockwork.sdk.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

/** What a coordinator or a core says of the mesh. */
class MeshAnswerFuzzTest {
    @FuzzTest(maxDuration = "30s")
    void answers(byte[] bytes) {
        try {
            assertNotNull(MeshAnswer.read(bytes));
        } catch (IOException refused) {
            assertEquals("an answer that is no list of cores", refused.getMessage());
        }
    }
}
