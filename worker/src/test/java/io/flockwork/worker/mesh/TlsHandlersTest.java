package io.flockwork.worker.mesh;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.identity.Authority;
import io.flockwork.sdk.identity.GridTls;
import io.flockwork.sdk.identity.NodeKeys;
import io.flockwork.sdk.identity.Role;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The pair of handlers, whatever pieces the network makes of their bytes. */
class TlsHandlersTest {
    private static final Authority GRID = Authority.create(Instant.now());
    private static final GridTls ONE = core(GRID);
    private static final GridTls OTHER = core(GRID);
    private static final int ROOM = 128 << 10;

    private static GridTls core(Authority authority) {
        return member(authority, Role.CORE);
    }

    private static GridTls member(Authority authority, Role role) {
        return new GridTls(authority.enrol(NodeKeys.generate(), role, "tester", Instant.now()));
    }

    private static byte[] bytes(int count, long seed) {
        byte[] bytes = new byte[count];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    @Property(tries = 60)
    void whatGoesInComesOutHoweverItIsCut(
            @ForAll @IntRange(min = 1, max = 40_000) int largest,
            @ForAll @IntRange(min = 0, max = 200_000) int there,
            @ForAll @IntRange(min = 0, max = 3_000) int back,
            @ForAll @IntRange(min = 1, max = 70_000) int room,
            @ForAll long seed)
            throws SSLException {
        Random random = new Random(seed);
        TlsPair pair = new TlsPair(ONE, OTHER, room);
        byte[] question = bytes(there, seed);
        byte[] answer = bytes(back, ~seed);
        pair.dialling.say(question);
        pair.accepting.say(answer);
        pair.run(onItsWay -> 1 + random.nextInt(largest));
        assertArrayEquals(question, pair.accepting.heard());
        assertArrayEquals(answer, pair.dialling.heard());
        assertEquals(OTHER.credentials().self(), pair.dialling.link.peer().orElseThrow());
        assertEquals(ONE.credentials().self(), pair.accepting.link.peer().orElseThrow());
    }

    @Test
    void byteByByte() throws SSLException {
        TlsPair pair = new TlsPair(ONE, OTHER, 3);
        pair.dialling.say(bytes(2_000, 1));
        pair.accepting.say(bytes(2_000, 2));
        pair.run(onItsWay -> 1);
        assertArrayEquals(bytes(2_000, 1), pair.accepting.heard());
        assertArrayEquals(bytes(2_000, 2), pair.dialling.heard());
    }

    @Test
    void twoRecordsCutAtEveryByte() throws SSLException {
        TlsPair pair = new TlsPair(ONE, OTHER, ROOM);
        pair.run(onItsWay -> onItsWay);
        int told = 0;
        int length = Integer.MAX_VALUE;
        for (int cut = 0; cut <= length; cut++) {
            byte[] records = join(records(pair, bytes(50, cut)), records(pair, bytes(9, ~cut)));
            length = records.length;
            pair.accepting.read(Arrays.copyOfRange(records, 0, cut));
            pair.accepting.read(Arrays.copyOfRange(records, cut, length));
            byte[] heard = pair.accepting.heard();
            assertArrayEquals(join(bytes(50, cut), bytes(9, ~cut)), Arrays.copyOfRange(heard, told, heard.length));
            told = heard.length;
        }
        assertTrue(length > 59 + 2 * 16, "there were two records to cut");
    }

    private static byte[] records(TlsPair pair, byte[] plain) {
        int before = pair.dialling.wire().length;
        pair.dialling.say(plain);
        pair.dialling.write();
        pair.dialling.forget();
        byte[] wire = pair.dialling.wire();
        return Arrays.copyOfRange(wire, before, wire.length);
    }

    private static byte[] join(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    @Test
    void goodbyeIsSaidByBothAndNothingAfterIt() throws SSLException {
        TlsPair pair = new TlsPair(ONE, OTHER, ROOM);
        pair.dialling.say(bytes(1_000, 1));
        pair.run(onItsWay -> onItsWay);
        pair.dialling.link.end("enough");
        pair.dialling.say(bytes(1_000, 2));
        pair.run(onItsWay -> 1);
        assertArrayEquals(bytes(1_000, 1), pair.accepting.heard());
        assertTrue(pair.accepting.ended && pair.dialling.ended, "each has heard the other's last word");
        assertEquals("the other side has said goodbye", pair.accepting.ending);
    }

    @Test
    void aDamagedRecordEndsTheConnection() throws SSLException {
        TlsPair pair = new TlsPair(ONE, OTHER, ROOM);
        pair.run(onItsWay -> onItsWay);
        byte[] record = records(pair, bytes(100, 1));
        record[50] ^= 1;
        pair.accepting.read(record);
        assertEquals(0, pair.accepting.heard().length);
        assertTrue(pair.accepting.link.isEnding());
    }

    @Test
    void strangersAreRefusedOnBothSides() throws SSLException {
        GridTls revoked = core(GRID);
        GridTls informed = core(GRID);
        informed.revocations()
                .learn(GRID.revoke(1, List.of(revoked.credentials().self().id())));
        refused("the certificate is not of this grid", core(Authority.create(Instant.now())), OTHER);
        refused("a certificate of role edge is not for this", member(GRID, Role.EDGE), OTHER);
        refused("a certificate of role submit is not for this", member(GRID, Role.SUBMIT), OTHER);
        refused("node " + revoked.credentials().self().id() + " has been revoked", revoked, informed);
    }

    private static void refused(String reason, GridTls stranger, GridTls core) throws SSLException {
        TlsPair dialled = new TlsPair(stranger, core, ROOM);
        dialled.dialling.say(bytes(100, 1));
        dialled.run(onItsWay -> onItsWay);
        assertEquals(0, dialled.accepting.heard().length);
        assertFalse(dialled.accepting.link.isOpen());
        TlsPair dialling = new TlsPair(core, stranger, ROOM);
        dialling.accepting.say(bytes(100, 1));
        dialling.run(onItsWay -> onItsWay);
        assertEquals(0, dialling.dialling.heard().length);
        assertFalse(dialling.dialling.link.isOpen());
        assertEquals(reason, dialling.dialling.ending);
    }

    @Property(tries = 200)
    void garbageEndsTheConnectionAndIsHeardByNobody(
            @ForAll @IntRange(min = 1, max = 2_000) int count, @ForAll long seed) throws SSLException {
        TlsPair pair = new TlsPair(ONE, OTHER, ROOM);
        byte[] garbage = bytes(count, seed);
        garbage[0] = 'H';
        for (byte one : garbage) {
            pair.accepting.read(new byte[] {one});
        }
        assertEquals(0, pair.accepting.heard().length);
        assertFalse(pair.accepting.link.isOpen());
        assertTrue(count < 5 || pair.accepting.link.isEnding());
    }
}
