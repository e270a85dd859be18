package io.flockwork.sdk.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose certificates count, and what they say of their members. */
class MemberCheckTest {
    private static final NodeKeys KEYS = NodeKeys.generate();
    private static final MemberCheck CHECK = new MemberCheck(TestMembers.AUTHORITY.certificate());
    private static final long YEARS = 6 * 366 * 86_400L;

    @Test
    void aRefereeIsOneByTheAuthoritysWord() throws Exception {
        Peer referee = new Peer(KEYS.id(), Role.CORE, "someone", true);
        X509Certificate certificate =
                TestMembers.AUTHORITY.issue(referee, KEYS.tls().getPublic(), Optional.empty(), Instant.now());
        assertEquals(referee, CHECK.check(certificate));
        assertThrows(IllegalArgumentException.class, () -> new Peer(KEYS.id(), Role.EDGE, "someone", true));
    }

    @Test
    void aMemberIsWhoTheAuthoritySaysItIs() throws CertificateException {
        Credentials core = TestMembers.AUTHORITY.enrol(KEYS, Role.CORE, "someone", Instant.now());
        assertEquals(new Peer(KEYS.id(), Role.CORE, "someone"), CHECK.check(core.certificate()));
        assertEquals(core.self(), core.checked().self());
        assertFalse(core.toString().contains("PRIVATE") || KEYS.toString().contains("PRIVATE"));
    }

    @Test
    void anotherGridsMemberIsNone() {
        Authority foreign = Authority.create(Instant.now());
        Credentials stranger = foreign.enrol(KEYS, Role.CORE, "someone", Instant.now());
        assertEquals("the certificate is not of this grid", refusal(stranger.certificate()));
        Credentials mixed = new Credentials(KEYS, stranger.certificate(), TestMembers.AUTHORITY.certificate());
        assertThrows(CertificateException.class, mixed::checked);
    }

    @Test
    void certificatesHaveTheirTime() {
        for (Instant when :
                new Instant[] {Instant.now().minusSeconds(YEARS), Instant.now().plusSeconds(3 * 86_400)}) {
            Credentials untimely = TestMembers.AUTHORITY.enrol(KEYS, Role.CORE, "someone", when);
            assertTrue(refusal(untimely.certificate()).startsWith("the certificate is valid from "));
        }
    }

    @Test
    void anAuthorityIsNoMember() {
        assertEquals("the certificate is an authority's, not a member's", refusal(TestMembers.AUTHORITY.certificate()));
    }

    @Test
    void aMemberMakesNoMembers() {
        Credentials core = TestMembers.AUTHORITY.enrol(KEYS, Role.CORE, "someone", Instant.now());
        Authority upstart = new Authority(KEYS.tls(), core.certificate());
        X509Certificate made = upstart.issue(
                new Peer(KEYS.id(), Role.OPERATE, "me"), KEYS.tls().getPublic(), Optional.empty(), Instant.now());
        assertEquals("the certificate is not of this grid", refusal(made));
    }

    @Test
    void credentialsAreForTheirOwnKeys() {
        NodeKeys others = NodeKeys.generate();
        Credentials mine = TestMembers.AUTHORITY.enrol(KEYS, Role.CORE, "someone", Instant.now());
        for (NodeKeys wrong : new NodeKeys[] {
            others, new NodeKeys(KEYS.signing(), others.tls()), new NodeKeys(others.signing(), KEYS.tls())
        }) {
            Credentials mixed = new Credentials(wrong, mine.certificate(), mine.authority());
            assertEquals(
                    "the certificate is not for this node's keys",
                    assertThrows(CertificateException.class, mixed::checked).getMessage());
        }
    }

    @Property(tries = 300)
    void anOperatorsNameComesBackAsItWas(@ForAll("names") String name) throws CertificateException {
        Peer member = new Peer(KEYS.id(), Role.EDGE, name);
        X509Certificate certificate =
                TestMembers.AUTHORITY.issue(member, KEYS.tls().getPublic(), Optional.empty(), Instant.now());
        assertEquals(member, CHECK.check(certificate));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#0c0161",
                "#",
                "\\",
                "\\#x",
                "a,OU=operate",
                "a+OU=operate",
                "OU=core",
                "\"quoted\"",
                "a;b<c>d=e",
                "a\\,b",
                "a  b",
                "é 漢字 🐦",
                "CN=abc,O=x"
            })
    void whatLooksLikeANotationIsAName(String name) throws CertificateException {
        anOperatorsNameComesBackAsItWas(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a\nb",
                "a\u0000",
                "\u0085x",
                "a\u202eb",
                "a\u200b",
                "\u2028x",
                " a",
                "a ",
                "a\u00a0\u2003",
                "\ud800",
                "x\udc00y"
            })
    void namesThatCannotBeSeenAsTheyAreAreRefused(String name) {
        assertThrows(IllegalArgumentException.class, () -> new Peer(KEYS.id(), Role.EDGE, name));
    }

    @Test
    void aNameHasItsLength() {
        new Peer(KEYS.id(), Role.EDGE, "x".repeat(64));
        assertThrows(IllegalArgumentException.class, () -> new Peer(KEYS.id(), Role.EDGE, "x".repeat(65)));
    }

    private static String refusal(X509Certificate certificate) {
        return assertThrows(CertificateException.class, () -> CHECK.check(certificate))
                .getMessage();
    }

    @Provide
    static Arbitrary<String> names() {
        return Arbitraries.oneOf(
                        Arbitraries.strings()
                                .withChars("#\\,+=\";<> aO\u0301é")
                                .ofMinLength(1)
                                .ofMaxLength(20),
                        Arbitraries.strings().ofMinLength(1).ofMaxLength(32))
                .filter(MemberCheckTest::isName);
    }

    private static boolean isName(String text) {
        try {
            return !new Peer(KEYS.id(), Role.EDGE, text).operator().isEmpty();
        } catch (IllegalArgumentException none) {
            return false;
        }
    }
}
