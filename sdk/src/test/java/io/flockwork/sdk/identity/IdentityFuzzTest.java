package io.flockwork.sdk.identity;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** Links, lists, requests, certificates and keys from anywhere: read, or refused in one sentence. */
class IdentityFuzzTest {
    @TempDir
    private static Path dir;

    @FuzzTest(maxDuration = "30s")
    void joinLinks(byte[] bytes) {
        try {
            JoinLink link = JoinLink.parse(new String(bytes, UTF_8));
            assertEquals(link, JoinLink.parse(link.text()));
        } catch (IllegalArgumentException refused) {
            assertEquals(1, refused.getMessage().lines().count());
        }
    }

    @FuzzTest(maxDuration = "30s")
    void revocationLists(byte[] bytes) {
        try {
            RevocationList list = RevocationList.parse(new String(bytes, ISO_8859_1));
            assertEquals(list.nodes(), RevocationList.parse(list.text()).nodes());
        } catch (IllegalArgumentException refused) {
            assertEquals(1, refused.getMessage().lines().count());
        }
    }

    @FuzzTest(maxDuration = "30s")
    void enrolmentRequests(byte[] bytes) {
        Map<String, Object> fields;
        try {
            fields = JSON.std.mapFrom(bytes);
        } catch (IOException notJson) {
            return;
        }
        try {
            EnrolmentRequest request = EnrolmentRequest.of(fields == null ? Map.of() : fields);
            assertNotNull(request.toString());
            request.isSignedFor(TestMembers.AUTHORITY.grid());
        } catch (IllegalArgumentException refused) {
            assertEquals(1, refused.getMessage().lines().count());
        }
    }

    @FuzzTest(maxDuration = "30s")
    void certificates(byte[] bytes) {
        try {
            Peer member = new MemberCheck(TestMembers.AUTHORITY.certificate()).check(Pem.certificate(bytes));
            throw new AssertionError("nobody has signed this: " + member);
        } catch (CertificateException refused) {
            assertNotNull(refused.toString());
        }
    }

    @FuzzTest(maxDuration = "30s")
    void names(byte[] bytes) {
        try {
            Peer.of(Pem.certificate(bytes));
        } catch (CertificateException refused) {
            assertNotNull(refused.toString());
        }
    }

    @FuzzTest(maxDuration = "30s")
    void keyFiles(byte[] bytes) throws IOException {
        Path file = Files.write(dir.resolve("key.pem"), bytes);
        for (String algorithm : new String[] {NodeKeys.EC, NodeKeys.ED25519}) {
            try {
                assertNotNull(Pem.keys(file, algorithm).getPublic());
            } catch (IOException refused) {
                assertEquals(file + " does not hold a key", refused.getMessage());
            }
        }
    }
}
