package io.flockwork.sdk.credit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;

/** Lines of credit logs, as another core or a disk gives them. */
class CreditFuzzTest {
    @FuzzTest(maxDuration = "30s")
    void entries(byte[] bytes) {
        String line = new String(bytes, StandardCharsets.UTF_8);
        try {
            assertEquals(line, CreditEntry.parse(line).line());
        } catch (IllegalArgumentException refused) {
            assertNotNull(refused);
        }
    }

    @FuzzTest(maxDuration = "30s")
    void heads(byte[] bytes) {
        String line = new String(bytes, StandardCharsets.UTF_8);
        try {
            CreditHead.parse(line).check(CreditWorld.MEMBERS);
        } catch (IllegalArgumentException | CertificateException refused) {
            assertNotNull(refused);
        }
    }
}
