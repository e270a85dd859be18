package io.flockwork.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.identity.EnrolmentRequest;
import io.flockwork.sdk.identity.JoinLink;
import io.flockwork.sdk.identity.MemberCheck;
import io.flockwork.sdk.identity.Membership;
import io.flockwork.sdk.identity.NodeKeys;
import io.flockwork.sdk.identity.Peer;
import io.flockwork.sdk.identity.RevocationList;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.NodeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets a certificate and who does not, in words; and that all of it is in the folder. */
class RegistryTest {
    private static final Address ADDRESS = new Address("grid.example.org", 7700);
    private static final Instant NOW = Instant.now();

    @TempDir
    private Path dir;

    private Registry registry;

    @BeforeEach
    void open() throws IOException {
        registry = open(dir.resolve("grid"), NOW);
    }

    private static Registry open(Path folder, Instant now) throws IOException {
        Registry opened = Registry.open(folder, Clock.fixed(now, ZoneOffset.UTC));
        opened.remember(opened.coordinator(ADDRESS));
        return opened;
    }

    private JoinLink invite(Role role, int uses) throws IOException {
        return registry.invite(new Terms(role, false, "", uses, Duration.ofDays(1)).from(NOW.toEpochMilli()));
    }

    private static Peer enrol(Registry at, JoinLink link, NodeKeys keys) throws Exception {
        return new MemberCheck(at.authority().certificate()).check(at.enrol(EnrolmentRequest.sign(link, keys, "")));
    }

    private static String refusal(Registry at, JoinLink link, NodeKeys keys) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> enrol(at, link, keys), "enrolled all the same");
        assertFalse(refused.getMessage().contains(link.token()));
        return refused.getMessage();
    }

    @Test
    void whoIsInvitedBecomesAMemberInTheLinksRole() throws Exception {
        NodeKeys keys = NodeKeys.generate();
        Peer member = enrol(registry, invite(Role.SUBMIT, 1), keys);
        assertEquals(Role.SUBMIT, member.role());
        assertEquals(keys.id(), member.id());
        JoinLink named = registry.invite(
                new Terms(Role.CORE, false, "#the lab, \\Inc", 1, Duration.ofDays(1)).from(NOW.toEpochMilli()));
        assertEquals(
                "#the lab, \\Inc", enrol(registry, named, NodeKeys.generate()).operator());
    }

    @Test
    void aRefereeIsInvitedAsOneAndOnlyACoreMayBe() throws Exception {
        Terms terms = new Terms(Role.CORE, true, "", 1, Duration.ofDays(1));
        Invitation invitation = Invitation.of(terms.from(NOW.toEpochMilli()).json());
        Peer member = enrol(registry, registry.invite(invitation), NodeKeys.generate());
        assertTrue(member.referee());
        assertEquals(
                "node " + member.id() + " (core-referee, operator " + member.operator() + ")",
                registry.revoke(member.id().value()));
        assertThrows(IllegalArgumentException.class, () -> new Terms(Role.EDGE, true, "", 1, Duration.ofDays(1)));
    }

    @Test
    void eachKindOfUselessLinkHasItsOwnSentence() throws Exception {
        JoinLink used = invite(Role.EDGE, 1);
        enrol(registry, used, NodeKeys.generate());
        assertEquals(
                "this join link has been used up: it was for one node, ask for another",
                refusal(registry, used, NodeKeys.generate()));
        JoinLink two = invite(Role.EDGE, 2);
        enrol(registry, two, NodeKeys.generate());
        enrol(registry, two, NodeKeys.generate());
        assertEquals(
                "this join link has been used up: it was for 2 nodes, ask for another",
                refusal(registry, two, NodeKeys.generate()));
        JoinLink withdrawn = invite(Role.EDGE, 5);
        assertEquals("the join link for role edge", registry.revoke(withdrawn.text()));
        assertEquals("this join link has been withdrawn", refusal(registry, withdrawn, NodeKeys.generate()));
        JoinLink old = invite(Role.EDGE, 5);
        Registry later = open(dir.resolve("grid"), NOW.plus(Duration.ofDays(2)));
        assertEquals(
                "this join link expired on "
                        + DateTimeFormatter.ofPattern("yyyy-MM-dd 'at' HH:mm 'UTC'")
                                .withZone(ZoneOffset.UTC)
                                .format(NOW.plus(Duration.ofDays(1))),
                refusal(later, old, NodeKeys.generate()));
        JoinLink unknown = new JoinLink(ADDRESS, Role.EDGE, "a".repeat(26), old.grid());
        assertEquals("the coordinator does not know this join link", refusal(registry, unknown, NodeKeys.generate()));
    }

    @Test
    void aLinkGivesNoOtherRole() throws Exception {
        JoinLink edge = invite(Role.EDGE, 5);
        JoinLink forged = new JoinLink(edge.coordinator(), Role.OPERATE, edge.token(), edge.grid());
        assertEquals(
                "this join link is for the role edge, not operate", refusal(registry, forged, NodeKeys.generate()));
    }

    @Test
    void aRequestForAnotherGridOrByOtherKeysIsRefused() throws Exception {
        JoinLink link = invite(Role.EDGE, 5);
        JoinLink elsewhere = new JoinLink(ADDRESS, Role.EDGE, link.token(), new NodeId("b".repeat(52)));
        String why = "the request is not signed by the keys that it names";
        assertEquals(why, refusal(registry, elsewhere, NodeKeys.generate()));
        EnrolmentRequest mine = EnrolmentRequest.sign(link, NodeKeys.generate(), "");
        EnrolmentRequest stolen = new EnrolmentRequest(
                mine.token(),
                mine.role(),
                NodeKeys.generate().signing().getPublic(),
                mine.tlsKey(),
                mine.host(),
                mine.proof(),
                mine.tlsProof());
        assertEquals(
                why,
                assertThrows(IllegalArgumentException.class, () -> registry.enrol(stolen))
                        .getMessage());
    }

    @Test
    void joiningAgainDoesNotUseTheLinkUp() throws Exception {
        JoinLink link = invite(Role.EDGE, 2);
        NodeKeys keys = NodeKeys.generate();
        for (int i = 0; i < 5; i++) {
            assertEquals(keys.id(), enrol(registry, link, keys).id());
        }
        enrol(registry, link, NodeKeys.generate());
        refusal(registry, link, NodeKeys.generate());
        assertEquals(keys.id(), enrol(registry, link, keys).id());
    }

    @Test
    void onlyACoreIsCalledByAName() throws Exception {
        for (Role role : List.of(Role.CORE, Role.EDGE, Role.SUBMIT, Role.OPERATE)) {
            X509Certificate certificate =
                    registry.enrol(EnrolmentRequest.sign(invite(role, 1), NodeKeys.generate(), "bank.example.com"));
            if (role == Role.CORE) {
                assertEquals(1, certificate.getSubjectAlternativeNames().size());
            } else {
                assertNull(certificate.getSubjectAlternativeNames(), role.word());
            }
        }
    }

    @Test
    void aNodeIsRevokedByTheBeginningOfItsId() throws Exception {
        JoinLink link = invite(Role.EDGE, 40);
        List<NodeKeys> all = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            all.add(NodeKeys.generate());
            enrol(registry, link, all.get(i));
        }
        // Of forty, two begin with the same of 32 letters.
        String shared = all.stream()
                .map(keys -> keys.id().value().substring(0, 1))
                .filter(letter -> all.stream()
                                .filter(keys -> keys.id().value().startsWith(letter))
                                .count()
                        > 1)
                .findFirst()
                .orElseThrow();
        assertEquals("more than one node's id begins with '" + shared + "'; give more of it", revokeFails(shared));
        NodeKeys bad = all.get(7);
        assertEquals(
                "node " + bad.id() + " (edge, operator " + bad.id().brief() + ")",
                registry.revoke(bad.id().value().substring(0, 20)));
        assertEquals(Set.of(bad.id()), registry.revoked().orElseThrow().nodes());
        assertEquals("this node has been revoked; it does not join again", refusal(registry, link, bad));
        assertEquals(
                "this node has been revoked; it does not join again", refusal(registry, invite(Role.CORE, 1), bad));
        long version = registry.revoked().orElseThrow().version();
        registry.revoke(bad.id().value());
        assertEquals(version, registry.revoked().orElseThrow().version(), "twice is once");
        registry.revoke(all.get(8).id().value());
        assertTrue(registry.revoked().orElseThrow().version() > version);
        assertEquals(
                Set.of(bad.id(), all.get(8).id()),
                registry.revoked().orElseThrow().nodes());
    }

    private String revokeFails(String what) {
        return assertThrows(IllegalArgumentException.class, () -> registry.revoke(what))
                .getMessage();
    }

    @Test
    void whatCannotBeRevokedSaysWhy() throws IOException {
        assertEquals("no node of this grid is called abc", revokeFails("abc"));
        String wrong = "what is revoked is a node's id, the beginning of one, or a join link";
        for (String what :
                List.of("", " ", "ABC", "a".repeat(53), " flockwork://x", "Flockwork://h:1/#a.b.c", "a\nb")) {
            assertEquals(wrong, revokeFails(what), what);
        }
        JoinLink unknown = new JoinLink(
                ADDRESS, Role.EDGE, "a".repeat(26), registry.authority().grid());
        assertEquals("this grid has made no such join link", revokeFails(unknown.text()));
        assertEquals(
                "this node is the coordinator, which is not revoked",
                revokeFails(registry.coordinator().credentials().keys().id().value()));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8})
    void threadsOfTwoRegistriesTogetherDoNotExceedTheUses(int threads) throws Exception {
        JoinLink link = invite(Role.EDGE, 10);
        Registry other = open(dir.resolve("grid"), NOW);
        List<CompletableFuture<Integer>> running = IntStream.range(0, threads)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> Enroller.enrol(i % 2 == 0 ? registry : other, link, 24 / threads)))
                .toList();
        int joined = running.stream().mapToInt(CompletableFuture::join).sum();
        assertEquals(10, joined);
    }

    @Test
    void processesTogetherDoNotExceedTheUses() throws Exception {
        JoinLink link = invite(Role.EDGE, 15);
        List<Process> running = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            running.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            Enroller.class.getName(),
                            dir.resolve("grid").toString(),
                            link.text(),
                            "12")
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        }
        int joined = 0;
        for (Process process : running) {
            String said = new String(process.getInputStream().readAllBytes()).strip();
            assertTrue(process.waitFor(1, TimeUnit.MINUTES));
            joined += Integer.parseInt(said);
        }
        assertEquals(15, joined);
    }

    /** Lets newcomers in as long as it goes; also as a process of its own. */
    static final class Enroller {
        public static void main(String[] arguments) throws IOException {
            Registry registry = Registry.open(Path.of(arguments[0]), Clock.fixed(NOW, ZoneOffset.UTC));
            System.out.println(enrol(registry, JoinLink.parse(arguments[1]), Integer.parseInt(arguments[2])));
        }

        static int enrol(Registry registry, JoinLink link, int newcomers) {
            int joined = 0;
            for (int i = 0; i < newcomers; i++) {
                try {
                    registry.enrol(EnrolmentRequest.sign(link, NodeKeys.generate(), ""));
                    joined++;
                } catch (IllegalArgumentException usedUp) {
                    assertTrue(usedUp.getMessage().contains("used up"));
                } catch (IOException broken) {
                    throw new IllegalStateException(broken);
                }
            }
            return joined;
        }
    }

    @Test
    void aBackupOfTheFolderIsAllThatAGridNeeds() throws Exception {
        JoinLink link = invite(Role.EDGE, 2);
        NodeKeys member = NodeKeys.generate();
        X509Certificate before = registry.enrol(EnrolmentRequest.sign(link, member, ""));
        NodeKeys bad = NodeKeys.generate();
        enrol(registry, link, bad);
        registry.revoke(bad.id().value());
        Path copy = dir.resolve("elsewhere").resolve("restored");
        copy(dir.resolve("grid"), copy);

        Registry restored = open(copy, NOW.plusSeconds(60));
        assertEquals(registry.authority().grid(), restored.authority().grid());
        assertEquals(
                member.id(),
                new MemberCheck(restored.authority().certificate())
                        .check(before)
                        .id());
        assertEquals(member.id(), enrol(restored, link, member).id());
        assertTrue(refusal(restored, link, NodeKeys.generate()).contains("used up"));
        assertTrue(refusal(restored, link, bad).contains("revoked"));
        assertEquals(
                registry.coordinator().credentials().keys().id(),
                restored.coordinator().credentials().keys().id());
    }

    /** Members know lists that were made after the backup, and nodes have joined since. */
    @Test
    void aRestoredGridsRevocationsCountAndReachWhoJoinedSince() throws Exception {
        Path copy = dir.resolve("restored");
        JoinLink link = invite(Role.EDGE, 9);
        copy(dir.resolve("grid"), copy);
        List<NodeKeys> since = List.of(NodeKeys.generate(), NodeKeys.generate(), NodeKeys.generate());
        for (NodeKeys keys : since) {
            enrol(registry, link, keys);
        }
        registry.revoke(since.get(0).id().value());
        registry.revoke(since.get(1).id().value());
        RevocationList known = registry.revoked().orElseThrow();

        Registry restored = open(copy, NOW.plusSeconds(60));
        restored.revoke(since.get(2).id().value());
        assertTrue(restored.revoked().orElseThrow().version() > known.version());
        assertEquals(Set.of(since.get(2).id()), restored.revoked().orElseThrow().nodes());
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4 * 365 + 100, 6 * 365})
    void aCoordinatorThatHasBeenAwayForYearsCertifiesItselfAnew(int days) throws IOException {
        Path folder = dir.resolve("old");
        Registry before = open(folder, NOW.minus(Duration.ofDays(days)));
        Membership renewed = open(folder, NOW).coordinator();
        assertTrue(renewed.credentials()
                .certificate()
                .getNotAfter()
                .toInstant()
                .isAfter(NOW.plus(Duration.ofDays(1_800))));
        assertEquals(before.authority().grid(), renewed.credentials().grid());
        assertEquals(
                renewed.credentials().certificate(),
                open(folder, NOW).coordinator().credentials().certificate());
    }

    @Test
    void aDamagedInvitationIsOneSentence() throws Exception {
        JoinLink link = invite(Role.EDGE, 1);
        Path file = dir.resolve("grid").resolve("invitations").resolve(link.invitation());
        for (String damage : List.of("", "{}", "null", "[1]", "{\"joined\":[5]}", "\u0000")) {
            Files.writeString(file, damage);
            IOException refused =
                    assertThrows(IOException.class, () -> enrol(registry, link, NodeKeys.generate()), damage);
            assertEquals(file + " does not hold an invitation", refused.getMessage());
        }
    }
}
