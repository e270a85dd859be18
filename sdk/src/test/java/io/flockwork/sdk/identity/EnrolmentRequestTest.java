package io.flockwork.sdk.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.NodeId;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** A request to join is its sender's own, for one grid, and small. */
class EnrolmentRequestTest {
    private static final NodeKeys KEYS = NodeKeys.generate();
    private static final JoinLink LINK =
            JoinLink.invite(new Address("h", 1), Role.CORE, TestMembers.AUTHORITY.grid(), new Random(5));
    private static final EnrolmentRequest REQUEST = EnrolmentRequest.sign(LINK, KEYS, "core.example.org");

    @Test
    void itReadsAsItWasWritten() {
        EnrolmentRequest read = EnrolmentRequest.of(REQUEST.fields());
        assertEquals(KEYS.signing().getPublic(), read.key());
        assertEquals(KEYS.tls().getPublic(), read.tlsKey());
        assertEquals("core.example.org", read.host());
        assertTrue(read.isSignedFor(LINK.grid()));
        assertFalse(read.toString().contains(LINK.token()));
    }

    @Test
    void itIsForOneGrid() {
        assertFalse(REQUEST.isSignedFor(new NodeId("a".repeat(52))));
    }

    @Test
    void everyFieldIsSigned() {
        Map<String, Object> other =
                EnrolmentRequest.sign(LINK, NodeKeys.generate(), "").fields();
        other.put("role", "edge");
        other.put("token", "b".repeat(26));
        for (String field : REQUEST.fields().keySet()) {
            Map<String, Object> tampered = REQUEST.fields();
            tampered.put(field, other.get(field));
            assertFalse(EnrolmentRequest.of(tampered).isSignedFor(LINK.grid()), field);
        }
    }

    @Test
    void whatIsMissingOrOfAnotherKindIsNamed() {
        for (String field : REQUEST.fields().keySet()) {
            for (Object wrong : List.of(5, Map.of("a", 1), List.of(), true, "\u0000", "x".repeat(1 << 20))) {
                Map<String, Object> tampered = REQUEST.fields();
                tampered.put(field, wrong);
                assertSentence(tampered, field);
            }
            Map<String, Object> less = new HashMap<>(REQUEST.fields());
            less.remove(field);
            assertSentence(less, field);
        }
    }

    private static void assertSentence(Map<String, Object> fields, String field) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> EnrolmentRequest.of(fields), field);
        assertEquals(1, refused.getMessage().lines().count());
        assertTrue(refused.getMessage().length() < 200, refused.getMessage());
        assertFalse(refused.getMessage().contains(LINK.token()));
    }

    @Property(tries = 300)
    void nothingElseIsThrown(@ForAll Map<String, String> nonsense, @ForAll byte[] key) {
        Map<String, Object> fields = REQUEST.fields();
        fields.putAll(nonsense);
        fields.put("key", Base64.getEncoder().encodeToString(key));
        assertThrows(IllegalArgumentException.class, () -> EnrolmentRequest.of(fields));
    }

    @Test
    void keysAreOfTheKindsThatAreSpoken() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp521r1"));
        Map<String, Object> fields = REQUEST.fields();
        fields.put(
                "tlsKey",
                Base64.getEncoder()
                        .encodeToString(generator.generateKeyPair().getPublic().getEncoded()));
        assertSentence(fields, "tlsKey");
        Map<String, Object> swapped = REQUEST.fields();
        swapped.put("key", swapped.get("tlsKey"));
        assertSentence(swapped, "key");
    }
}
