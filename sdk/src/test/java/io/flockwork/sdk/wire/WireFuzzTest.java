package io.flockwork.sdk.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.flockwork.sdk.blob.BlobHasher;
import io.flockwork.sdk.blob.Manifest;
import io.flockwork.sdk.proof.Audit;
import io.flockwork.sdk.proof.ProofWorld;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;

/** Whatever comes over the network is what it should be, or refused with the one exception that callers expect. */
class WireFuzzTest {
    private static final Codec CODEC = new Codec();

    @FuzzTest(maxDuration = "30s")
    void messages(byte[] bytes) {
        try {
            Message message = CODEC.decode(bytes);
            assertNotNull(CODEC.decode(CODEC.encode(message)));
        } catch (WireException refused) {
            assertNotNull(refused.getMessage());
        }
    }

    @FuzzTest(maxDuration = "30s")
    void manifests(byte[] bytes) {
        try {
            Manifest manifest = Manifest.decode(new BlobHasher().idOf(bytes), bytes);
            assertEquals(bytes.length, manifest.encode().length);
        } catch (IllegalArgumentException refused) {
            assertNotNull(refused.getMessage());
        }
    }

    @FuzzTest(maxDuration = "30s")
    void listsOfResults(byte[] bytes) {
        try {
            new ResultListReader(new ByteArrayInputStream(bytes))
                    .forEachRemaining(entry -> assertNotNull(entry.unit()));
        } catch (WireException refused) {
            assertNotNull(refused.getMessage());
        }
    }

    @FuzzTest(maxDuration = "30s")
    void proofs(byte[] bytes) throws IOException {
        Audit audit = new Audit(ProofWorld.AUTHORITY.grid(), code -> Optional.empty());
        try {
            ProofFile.read(new ByteArrayInputStream(bytes), audit);
            assertNotNull(audit.report());
        } catch (WireException refused) {
            assertNotNull(refused.getMessage());
        }
    }
}
