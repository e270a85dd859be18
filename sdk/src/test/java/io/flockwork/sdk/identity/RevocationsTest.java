package io.flockwork.sdk.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.NodeId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Only the authority revokes, and only newer lists count. */
class RevocationsTest {
    private static final Authority AUTHORITY = TestMembers.AUTHORITY;
    private static final NodeId BAD = new NodeId("bad");
    private static final NodeId WORSE = new NodeId("worse");

    private final Revocations revocations = new Revocations(AUTHORITY.certificate());

    @Test
    void aNewerListIsLearnt() {
        AtomicInteger heard = new AtomicInteger();
        revocations.listen(heard::incrementAndGet);
        assertFalse(revocations.contains(BAD));
        assertTrue(revocations.learn(AUTHORITY.revoke(3, Set.of(BAD))));
        assertTrue(revocations.contains(BAD));
        assertTrue(revocations.learn(AUTHORITY.revoke(4, Set.of(BAD, WORSE))));
        assertTrue(revocations.contains(WORSE));
        assertEquals(2, heard.get());
    }

    @Test
    void anOlderListChangesNothing() {
        assertTrue(revocations.learn(AUTHORITY.revoke(3, Set.of(BAD))));
        assertUnchanged(AUTHORITY.revoke(2, Set.of(WORSE)));
        assertUnchanged(AUTHORITY.revoke(3, Set.of(WORSE)));
    }

    @Test
    void aListThatTheAuthorityHasNotSignedChangesNothing() {
        assertTrue(revocations.learn(AUTHORITY.revoke(3, Set.of(BAD))));
        RevocationList signed = AUTHORITY.revoke(9, Set.of(BAD));
        assertUnchanged(new RevocationList(9, Set.of(BAD), new byte[0]));
        assertUnchanged(new RevocationList(10, signed.nodes(), signed.signature()));
        assertUnchanged(new RevocationList(9, Set.of(), signed.signature()));
        assertUnchanged(new RevocationList(9, Set.of(BAD, WORSE), signed.signature()));
        assertUnchanged(Authority.create(Instant.now()).revoke(9, Set.of(WORSE)));
    }

    private void assertUnchanged(RevocationList list) {
        assertFalse(revocations.learn(list));
        assertTrue(revocations.contains(BAD));
        assertFalse(revocations.contains(WORSE));
        assertEquals(3, revocations.newest().orElseThrow().version());
    }

    @Property(tries = 50)
    void theWrittenFormKeepsEverything(@ForAll long version, @ForAll @IntRange(max = 50) int count) {
        List<NodeId> nodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            nodes.add(new NodeId(JobId.random(new java.util.Random(i)).value()));
        }
        RevocationList list = AUTHORITY.revoke(version, nodes);
        RevocationList read = RevocationList.parse(list.text());
        assertEquals(list.version(), read.version());
        assertEquals(list.nodes(), read.nodes());
        assertTrue(read.isSignedBy(AUTHORITY.certificate()));
    }

    @Property
    void whatIsTamperedWithIsMalformedOrNotSigned(@ForAll @IntRange(max = 400) int at, @ForAll char other) {
        StringBuilder text =
                new StringBuilder(AUTHORITY.revoke(12, Set.of(BAD, WORSE)).text());
        text.setCharAt(at % text.length(), other);
        try {
            RevocationList read = RevocationList.parse(text.toString());
            boolean same = read.version() == 12 && read.nodes().equals(Set.of(BAD, WORSE));
            assertTrue(same || !read.isSignedBy(AUTHORITY.certificate()));
        } catch (IllegalArgumentException malformed) {
            assertEquals(1, malformed.getMessage().lines().count());
        }
    }

    @Property
    void anythingElseIsOneSentence(@ForAll String text) {
        assertEquals(
                1,
                assertThrows(IllegalArgumentException.class, () -> RevocationList.parse(text))
                        .getMessage()
                        .lines()
                        .count());
    }

    @Test
    void aListHasItsLength() {
        List<NodeId> many = new ArrayList<>();
        for (int i = 0; i < 16_000; i++) {
            many.add(new NodeId(JobId.random(new java.util.Random(i)).value()));
        }
        assertTrue(AUTHORITY.revoke(1, many).text().length() <= RevocationList.MAX_BYTES);
        for (int i = 0; i < 1_000; i++) {
            many.add(new NodeId(JobId.random(new java.util.Random(-1 - i)).value()));
        }
        assertThrows(IllegalArgumentException.class, () -> AUTHORITY.revoke(1, many));
        assertThrows(
                IllegalArgumentException.class, () -> RevocationList.parse("1\n".repeat(RevocationList.MAX_BYTES)));
    }
}
