package io.flockwork.sdk.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.model.Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node's identity on disk: it comes back as it was, nobody else reads it, and damage is one sentence. */
class MembershipTest {
    @TempDir
    private Path dir;

    private Path folder;
    private Membership member;

    @BeforeEach
    void join() throws IOException {
        folder = dir.resolve("identity");
        Credentials credentials =
                TestMembers.AUTHORITY.enrol(NodeKeys.generate(), Role.EDGE, "some one", Instant.now());
        member = new Membership(credentials, new Address("::1", 7700));
        member.save(folder);
    }

    @Test
    void whatWasSavedIsLoaded() throws IOException {
        Membership loaded = Membership.load(folder).orElseThrow();
        assertEquals(member.coordinator(), loaded.coordinator());
        assertEquals(member.credentials().self(), loaded.credentials().self());
        assertEquals(member.credentials().grid(), loaded.credentials().grid());
        byte[] said = {1, 2, 3};
        assertTrue(NodeKeys.verify(
                member.credentials().keys().signing().getPublic(),
                said,
                loaded.credentials().keys().sign(said)));
        assertArrayEquals(
                member.credentials().keys().tls().getPrivate().getEncoded(),
                loaded.credentials().keys().tls().getPrivate().getEncoded());
        assertEquals("edge\n", Files.readString(folder.resolve("role")));
    }

    @Test
    void whoHasNotJoinedHasNoMembership() throws IOException {
        assertEquals(Optional.empty(), Membership.load(dir.resolve("elsewhere")));
        NodeKeys keys = Membership.keys(dir.resolve("elsewhere"));
        assertEquals(Optional.empty(), Membership.load(dir.resolve("elsewhere")));
        assertEquals(keys.id(), Membership.keys(dir.resolve("elsewhere")).id());
    }

    @Test
    void nobodyElseReadsIt() throws IOException {
        assertEquals("rwx------", mode(folder));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                assertEquals("rw-------", mode(file), file.toString());
            }
        }
    }

    @Test
    void aFolderThatWasOpenToOthersIsClosed() throws IOException {
        Path open = Files.createDirectory(dir.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.writeString(open.resolve("key.pem"), "left here by somebody");
        Files.setPosixFilePermissions(open.resolve("key.pem"), PosixFilePermissions.fromString("rw-rw-rw-"));
        member.save(open);
        assertEquals("rwx------", mode(open));
        assertEquals("rw-------", mode(open.resolve("key.pem")));
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"key.pem", "tls-key.pem", "certificate.pem", "authority.pem", "coordinator"})
    void damageIsOneSentence(String name) throws IOException {
        Path file = folder.resolve(name);
        byte[] good = Files.readAllBytes(file);
        for (byte[] bad : List.of(
                new byte[0],
                "rubbish".getBytes(),
                new byte[200_000],
                new byte[] {(byte) 0xff, (byte) 0xfe},
                java.util.Arrays.copyOf(good, good.length / 2))) {
            Files.write(file, bad);
            assertOneSentence();
        }
        Files.write(file, good);
        assertTrue(Membership.load(folder).isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"key.pem", "tls-key.pem", "certificate.pem", "authority.pem"})
    void whatIsMissingIsNamed(String name) throws IOException {
        Files.delete(folder.resolve(name));
        assertTrue(assertOneSentence().endsWith(name + " is missing"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"key.pem", "tls-key.pem", "certificate.pem"})
    void anotherNodesFileIsNoticed(String name) throws IOException {
        Path other = dir.resolve("other");
        new Membership(
                        TestMembers.AUTHORITY.enrol(NodeKeys.generate(), Role.EDGE, "some one", Instant.now()),
                        member.coordinator())
                .save(other);
        Files.copy(other.resolve(name), folder.resolve(name), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertTrue(assertOneSentence().endsWith("the certificate is not for this node's keys"));
    }

    @Test
    void aPrivateKeyIsWithItsPublicOne() throws IOException {
        NodeKeys other = NodeKeys.generate();
        Pem.write(
                folder.resolve("key.pem"),
                new java.security.KeyPair(
                        member.credentials().keys().signing().getPublic(),
                        other.signing().getPrivate()));
        assertTrue(assertOneSentence().endsWith("key.pem does not hold a key"));
    }

    @Test
    void aCertificateOfYearsAgoSaysSo() throws IOException {
        Instant long_ago = Instant.now().minusSeconds(6 * 366 * 86_400L);
        Authority old = Authority.create(long_ago);
        new Membership(old.enrol(NodeKeys.generate(), Role.EDGE, "x", long_ago), member.coordinator()).save(folder);
        assertTrue(assertOneSentence().contains("the certificate is valid from"));
    }

    @Test
    void anAuthorityIsMadeOnceAndKept() throws IOException {
        Path authority = dir.resolve("authority");
        Authority made = AuthorityFolder.open(authority, Instant.now());
        assertEquals(made.grid(), AuthorityFolder.open(authority, Instant.now()).grid());
        assertEquals("rw-------", mode(authority.resolve("authority-key.pem")));
        Pem.write(authority.resolve("authority.pem"), TestMembers.AUTHORITY.certificate());
        IOException mixed = assertThrows(IOException.class, () -> AuthorityFolder.open(authority, Instant.now()));
        assertTrue(mixed.getMessage().endsWith("are of two different grids"), mixed.getMessage());
        Files.delete(authority.resolve("authority-key.pem"));
        IOException lost = assertThrows(IOException.class, () -> AuthorityFolder.open(authority, Instant.now()));
        assertTrue(lost.getMessage().endsWith("authority-key.pem is missing"), lost.getMessage());
    }

    private String assertOneSentence() {
        IOException damaged = assertThrows(IOException.class, () -> Membership.load(folder));
        assertEquals(IOException.class, damaged.getClass());
        assertEquals(1, damaged.getMessage().lines().count(), damaged.getMessage());
        assertTrue(damaged.getMessage().contains(folder.toString()), damaged.getMessage());
        assertFalse(damaged.getMessage().contains("PRIVATE KEY"), damaged.getMessage());
        return damaged.getMessage();
    }
}
