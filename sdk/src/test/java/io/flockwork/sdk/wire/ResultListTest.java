package io.flockwork.sdk.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.wire.ResultList.Body;
import io.flockwork.sdk.wire.ResultList.Entry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A list of results reads as it was written, and one that is cut or damaged is never mistaken for a whole one. */
class ResultListTest {
    private static final List<Entry> ENTRIES = List.of(
            new Entry(new Span(0, 7), "", "", new byte[0], Optional.of(new Body.Inline(new byte[] {1, 2})), 1, true),
            new Entry(
                    new Span(7, 8),
                    "données.txt",
                    "",
                    new byte[] {9},
                    Optional.of(new Body.Stored(new BlobId("0f".repeat(32)), 1L << 40)),
                    3L << 32,
                    false),
            new Entry(new Span(-9, -8), "x", "exit code 3", new byte[] {5, 6}, Optional.empty(), 2, false));

    private static final String GOLDEN = "464c4b554e495402" + "0000000b" + "0007010181810001020102"
            + "0000003f" + "0e018080808030008c646f6e6ec3a965732e747874810109020f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f"
            + "0f0f0f0f0f0f0f0f0f0f0f0f808080808020";

    @Example
    void entriesComeBack() throws IOException {
        Iterator<Entry> read = ResultList.read(new ByteArrayInputStream(write(ENTRIES)));
        for (Entry entry : ENTRIES) {
            assertSame(entry, read.next());
        }
        assertFalse(read.hasNext());
        assertFalse(ResultList.read(new ByteArrayInputStream(write(List.of()))).hasNext());
    }

    @Example
    void theLayoutStays() throws IOException {
        String written = HexFormat.of().formatHex(write(ENTRIES));
        assertEquals(GOLDEN, written.substring(0, GOLDEN.length()));
    }

    @Example
    void aPageIsAList() throws IOException {
        assertEquals(HexFormat.of().formatHex(write(ENTRIES)), HexFormat.of().formatHex(ResultPage.encode(ENTRIES)));
        List<Entry> read = ResultPage.decode(ResultPage.encode(ENTRIES));
        for (int i = 0; i < ENTRIES.size(); i++) {
            assertSame(ENTRIES.get(i), read.get(i));
        }
        assertEquals(
                "/finals/abcdefgh?after=7&most=5&wait=2",
                ResultPage.path(new JobId("abcdefgh"), 7, 5, Duration.ofSeconds(2)));
    }

    @Example
    void aPageIsBounded() {
        List<Entry> many = Collections.nCopies(ResultPage.MOST_UNITS + 1, ENTRIES.get(0));
        assertThrows(WireException.class, () -> ResultPage.decode(ResultPage.encode(many)));
    }

    @Example
    void everyCutIsNoticed() throws IOException {
        byte[] whole = write(ENTRIES);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThrows(WireException.class, () -> readAll(cut));
        }
    }

    @Property(tries = 1000)
    void damagedListsDoNoHarm(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        byte[] bytes = write(ENTRIES);
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
        try {
            assertEquals(ENTRIES.size(), readAll(bytes));
        } catch (WireException refused) {
            assertFalse(refused.getMessage().isBlank());
        }
    }

    @Example
    void anEntryThatCouldNotBeReadIsNotWritten() throws IOException {
        try (ResultList.Writer writer = new ResultList.Writer(new ByteArrayOutputStream())) {
            byte[] large = new byte[ResultList.MAX_ENTRY_BYTES];
            Entry entry = new Entry(new Span(0, 1), "", "", large, Optional.empty(), 0, false);
            assertThrows(IllegalArgumentException.class, () -> writer.add(entry));
        }
    }

    private static int readAll(byte[] bytes) {
        int count = 0;
        for (Iterator<Entry> read = ResultList.read(new ByteArrayInputStream(bytes)); read.hasNext(); read.next()) {
            count++;
        }
        return count;
    }

    private static byte[] write(List<Entry> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ResultList.Writer writer = new ResultList.Writer(bytes)) {
            for (Entry entry : entries) {
                writer.add(entry);
            }
        }
        return bytes.toByteArray();
    }

    private static void assertSame(Entry expected, Entry actual) {
        assertEquals(expected.sequence(), actual.sequence());
        assertEquals(expected.verified(), actual.verified());
        assertEquals(expected.unit(), actual.unit());
        assertEquals(expected.inputName(), actual.inputName());
        assertEquals(expected.failure(), actual.failure());
        assertArrayEquals(expected.stderr(), actual.stderr());
        if (expected.body().orElse(null) instanceof Body.Inline inline) {
            assertArrayEquals(inline.bytes(), ((Body.Inline) actual.body().orElseThrow()).bytes());
        } else {
            assertEquals(expected.body(), actual.body());
        }
    }
}
