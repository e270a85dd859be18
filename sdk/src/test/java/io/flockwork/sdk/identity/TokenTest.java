package io.flockwork.sdk.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.model.Assurance;
import io.flockwork.sdk.model.Code;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobSeal;
import io.flockwork.sdk.model.JobSpec;
import io.flockwork.sdk.model.Limits;
import io.flockwork.sdk.model.Recipe;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** A token is its owner's word, for its time and within its scope; nothing else passes for one. */
class TokenTest {
    private static final MemberCheck CHECK = new MemberCheck(TestMembers.AUTHORITY.certificate());
    private static final Instant NOW = Instant.now();
    private static final Instant LATER = NOW.plus(Duration.ofHours(1));
    private static final Credentials SUBMITTER = member(Role.SUBMIT);
    private static final Token TOKEN = Token.mint(SUBMITTER, EnumSet.of(Scope.READ, Scope.SUBMIT), LATER);
    private static final JobId JOB = new JobId("job");
    private static final JobSpec SPEC = new JobSpec(
            "name", new Code.Java("echo", Map.of()), new Recipe.Range(0, 9), "", Assurance.DEFAULT, Limits.DEFAULT, 10);

    private static Credentials member(Role role) {
        return TestMembers.AUTHORITY.enrol(NodeKeys.generate(), role, "someone", Instant.now());
    }

    @Test
    void itsTextIsAllOfIt() throws CertificateException {
        Token read = Token.parse(TOKEN.text());

        assertEquals(SUBMITTER.self(), read.check(CHECK, NOW));
        assertEquals(Set.of(Scope.READ, Scope.SUBMIT), read.scopes());
        assertEquals(LATER.toEpochMilli(), read.expires().toEpochMilli());
        assertTrue(TOKEN.text().length() < 2_000, "it is to fit into a cookie");
        assertFalse(TOKEN.toString().contains(TOKEN.text()));
    }

    @Test
    void itsTimeEnds() {
        assertThrows(CertificateException.class, () -> TOKEN.check(CHECK, LATER.plusMillis(1)));
    }

    @Test
    void nobodyPassesOnMoreThanItMay() {
        assertThrows(IllegalArgumentException.class, () -> Token.mint(SUBMITTER, EnumSet.of(Scope.OPERATE), LATER));
        assertThrows(IllegalArgumentException.class, () -> Token.mint(SUBMITTER, EnumSet.noneOf(Scope.class), LATER));
        assertThrows(
                IllegalArgumentException.class, () -> Token.mint(member(Role.EDGE), EnumSet.of(Scope.SUBMIT), LATER));
    }

    /** Some encodings have a bit to spare; none gives anybody more. */
    @Property(tries = 300)
    void aChangedCharacterGivesNobodyMore(@ForAll @IntRange(min = 0, max = 5_000) int at) {
        String text = TOKEN.text();
        int index = Token.PREFIX.length() + at % (text.length() - Token.PREFIX.length());
        char other = text.charAt(index) == 'A' ? 'B' : 'A';
        try {
            Token changed = Token.parse(text.substring(0, index) + other + text.substring(index + 1));
            assertEquals(SUBMITTER.self(), changed.check(CHECK, NOW));
            assertEquals(TOKEN.scopes(), changed.scopes());
            assertEquals(TOKEN.expires().toEpochMilli(), changed.expires().toEpochMilli());
        } catch (IllegalArgumentException | CertificateException refused) {
            assertFalse(refused.getMessage().isEmpty());
        }
    }

    /** What anybody can make of a job's seal, which holds its submitter's certificate and public key. */
    @Test
    void aTokenForNothingIsStillToBeSigned() throws Exception {
        KeyPair own = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Delegation forged = new Delegation(own.getPublic(), EnumSet.noneOf(Scope.class), LATER, new byte[64]);
        Token token = Token.parse(text(
                SUBMITTER.certificate().getEncoded(),
                SUBMITTER.keys().signing().getPublic().getEncoded(),
                forged.encode(),
                own.getPrivate().getEncoded()));
        assertThrows(CertificateException.class, () -> token.check(CHECK, NOW));
    }

    private static String text(byte[]... parts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        for (byte[] part : parts) {
            out.writeShort(part.length);
            out.write(part);
        }
        return Token.PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    @Test
    void aTokenHasOneSpelling() {
        assertThrows(IllegalArgumentException.class, () -> Token.parse(TOKEN.text() + "AAAA"));
    }

    @Test
    void anotherGridsIsNobodys() {
        Credentials stranger = Authority.create(NOW).enrol(NodeKeys.generate(), Role.OPERATE, "eve", NOW);
        Token theirs = Token.mint(stranger, EnumSet.of(Scope.READ), LATER);

        assertThrows(CertificateException.class, () -> theirs.check(CHECK, NOW));
    }

    @Test
    void aJobHandedInByItIsItsOwners() throws CertificateException {
        JobSeal seal = JobSigning.seal(TOKEN, CHECK.grid(), JOB, SPEC);

        assertEquals(SUBMITTER.self(), JobSigning.check(CHECK, seal, JOB, SPEC));
        assertThrows(CertificateException.class, () -> JobSigning.check(CHECK, seal, new JobId("jobs"), SPEC));
    }

    @Test
    void aJobOutlivesTheTokenForAWhile() throws CertificateException {
        JobSeal seal = JobSigning.seal(TOKEN, CHECK.grid(), JOB, SPEC);

        JobSigning.check(CHECK.asOf(LATER.plus(Duration.ofDays(29))), seal, JOB, SPEC);
        assertThrows(
                CertificateException.class,
                () -> JobSigning.check(CHECK.asOf(LATER.plus(Duration.ofDays(31))), seal, JOB, SPEC));
    }

    @Test
    void aTokenForReadingHandsInNothing() {
        Token reader = Token.mint(SUBMITTER, EnumSet.of(Scope.READ), LATER);
        JobSeal seal = JobSigning.seal(reader, CHECK.grid(), JOB, SPEC);

        assertThrows(CertificateException.class, () -> JobSigning.check(CHECK, seal, JOB, SPEC));
    }

    @Test
    void anothersWordForTheKeyIsNone() {
        Token other = Token.mint(member(Role.SUBMIT), EnumSet.of(Scope.SUBMIT), LATER);
        JobSeal seal = JobSigning.seal(TOKEN, CHECK.grid(), JOB, SPEC);
        JobSeal mixed = new JobSeal(
                seal.owner(), seal.certificate(), seal.key(), seal.rest(), other.delegation(), seal.signature());
        JobSeal bare = new JobSeal(seal.owner(), seal.certificate(), seal.key(), seal.rest(), seal.signature());

        assertThrows(CertificateException.class, () -> JobSigning.check(CHECK, mixed, JOB, SPEC));
        assertThrows(CertificateException.class, () -> JobSigning.check(CHECK, bare, JOB, SPEC));
    }
}
