package io.flockwork.coordinator;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What browsers could not be served with is refused in one sentence, before they come. */
class CertificatePairTest {
    private static Path file(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(CertificatePairTest.class.getResource("/tls/" + name))
                .toURI());
    }

    private static String refused(String certificate, String key) throws Exception {
        Path one = file(certificate);
        Path other = file(key);
        String said = assertThrows(IllegalArgumentException.class, () -> CertificatePair.check(one, other))
                .getMessage();
        assertEquals(1, said.lines().count());
        return said;
    }

    @Test
    void whatBelongsTogetherIsTaken() throws Exception {
        Path certificate = file("one.pem");
        Path key = file("one-key.pem");
        assertDoesNotThrow(() -> CertificatePair.check(certificate, key));
    }

    @Test
    void whatDoesNotIsRefused() throws Exception {
        assertTrue(refused("one.pem", "other-key.pem").contains("is not the key of"));
        assertTrue(refused("one-key.pem", "one-key.pem").contains("holds no certificate"));
        assertTrue(refused("one.pem", "one.pem").contains("holds no private key"));
    }
}
