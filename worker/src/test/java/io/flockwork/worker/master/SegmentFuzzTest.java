package io.flockwork.worker.master;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Progress segments, as another core or a disk gives them. */
class SegmentFuzzTest {
    @FuzzTest(maxDuration = "30s")
    void segments(byte[] bytes) {
        try {
            int units = SegmentCodec.decode(bytes).size();
            assertEquals(
                    units,
                    SegmentCodec.decode(SegmentCodec.encode(SegmentCodec.decode(bytes)))
                            .size());
        } catch (IllegalArgumentException refused) {
            assertNotNull(refused.getMessage());
        }
    }
}
