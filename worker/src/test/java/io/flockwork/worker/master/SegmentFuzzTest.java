package io.flockwork.worker.master;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.flockwork.sdk.proof.VoteBatch;
import io.flockwork.sdk.proof.Witness;
import io.flockwork.sdk.wire.WireException;
import java.util.concurrent.atomic.AtomicInteger;

/** Progress segments and segments of signed votes, as another core or a disk gives them. */
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

    @FuzzTest(maxDuration = "30s")
    void evidence(byte[] bytes) {
        AtomicInteger parts = new AtomicInteger();
        try {
            EvidenceLog.read(bytes, new EvidenceLog.Reader() {
                @Override
                public void witness(Witness witness) {
                    parts.incrementAndGet();
                }

                @Override
                public void batch(VoteBatch batch) {
                    assertNotNull(batch.root());
                    parts.incrementAndGet();
                }
            });
            assertEquals(bytes.length == 0, parts.get() == 0);
        } catch (WireException refused) {
            assertNotNull(refused.getMessage());
        }
    }
}
