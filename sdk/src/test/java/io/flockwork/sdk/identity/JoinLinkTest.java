package io.flockwork.sdk.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.NodeId;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Links survive being copied, tell when they were copied badly, and keep their secret out of what is printed. */
class JoinLinkTest {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

    @Property
    void aLinkReadsAsItWasWritten(@ForAll("links") JoinLink link) {
        assertEquals(link, JoinLink.parse(link.text()));
        assertEquals(link, JoinLink.parse("  " + link.text() + "\n"));
    }

    @Property
    void noLogHoldsTheSecret(@ForAll("links") JoinLink link) {
        assertFalse(link.toString().replace(link.grid().value(), "").contains(link.token()));
        assertFalse(link.token().contains(link.invitation()));
    }

    /** Four letters check the rest, so that one change in a million is missed; of this link's, none is. */
    @Test
    void everyMistypedLetterBehindTheAddressIsNoticed() {
        JoinLink link = JoinLink.invite(
                new Address("grid.example.org", 7700), Role.SUBMIT, TestMembers.AUTHORITY.grid(), new Random(3));
        String text = link.text();
        int changes = 0;
        for (int i = text.indexOf('#') + 1; i < text.length(); i++) {
            for (char other : (ALPHABET + ".AZ018é \u0000").toCharArray()) {
                String mistyped = text.substring(0, i) + other + text.substring(i + 1);
                if (!mistyped.equals(text) && !mistyped.strip().equals(text)) {
                    assertRefused(mistyped, link);
                    changes++;
                }
            }
        }
        assertTrue(changes > 3_000, changes + " changes");
    }

    @Property
    void whatIsCutShortOrLongerIsRefused(@ForAll("links") JoinLink link) {
        String text = link.text();
        for (int end = 0; end < text.length(); end++) {
            assertRefused(text.substring(0, end), link);
        }
        assertRefused(text + "a", link);
        assertRefused(text + "." + text, link);
        assertRefused(text + "a".repeat(1_000_000), link);
    }

    @Property
    void nothingElseIsThrownThanOneSentence(@ForAll String anything, @ForAll("almost") String almost) {
        for (String text : new String[] {anything, almost}) {
            try {
                JoinLink.parse(text);
            } catch (IllegalArgumentException refused) {
                assertSentence(refused.getMessage());
            }
        }
    }

    /** One who makes links can make the checking letters fit, too. */
    @Test
    void aFingerprintIsWhole() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new JoinLink(new Address("h", 1), Role.EDGE, "a".repeat(26), new NodeId("abc")));
        assertThrows(
                IllegalArgumentException.class,
                () -> new JoinLink(new Address("h", 1), Role.EDGE, "a\nb", TestMembers.AUTHORITY.grid()));
    }

    private static void assertRefused(String text, JoinLink link) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> JoinLink.parse(text), "a changed link passed");
        assertSentence(refused.getMessage());
        assertFalse(refused.getMessage().contains(link.token()), "the secret is repeated");
    }

    private static void assertSentence(String message) {
        assertFalse(message.isBlank());
        assertEquals(1, message.lines().count(), message);
    }

    @Provide
    static Arbitrary<JoinLink> links() {
        Arbitrary<Address> addresses = Combinators.combine(
                        Arbitraries.of("grid.example.org", "10.0.0.7", "::1", "fe80::1%eth0", "a"),
                        Arbitraries.integers().between(1, 65535))
                .as(Address::new);
        Arbitrary<NodeId> grids = letters(52).map(NodeId::new);
        Arbitrary<Role> roles = Arbitraries.of(Role.class).filter(role -> role != Role.COORDINATOR);
        return Combinators.combine(addresses, roles, letters(26), grids).as(JoinLink::new);
    }

    @Provide
    static Arbitrary<String> almost() {
        Arbitrary<String> address = Arbitraries.strings().ofMaxLength(30);
        Arbitrary<String> rest =
                Arbitraries.strings().withChars(ALPHABET).withChars(".#/:").ofMaxLength(100);
        return Combinators.combine(address, rest).as((host, secret) -> "flockwork://" + host + "#" + secret);
    }

    private static Arbitrary<String> letters(int count) {
        return Arbitraries.strings().withChars(ALPHABET).ofLength(count);
    }
}
