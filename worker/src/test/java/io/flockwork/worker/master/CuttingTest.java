package io.flockwork.worker.master;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.NamedBlob;
import io.flockwork.sdk.model.Recipe;
import io.flockwork.sdk.model.Slice;
import io.flockwork.sdk.model.Span;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The pieces that a recipe cuts tile the input exactly, and end where the recipe says. */
class CuttingTest {
    private static final int SLACK = 64 << 10;

    private final Map<BlobId, byte[]> blobs = new HashMap<>();

    @Property(tries = 200)
    void linesTileTheInputAndEachEndsAfterItsLineFeed(@ForAll long seed) throws IOException {
        byte[] text = text(new Random(seed), 5_000, 20);
        List<byte[]> units = units(new Recipe.Lines(blob("text", text)), text);
        for (int i = 0; i < units.size(); i++) {
            byte[] unit = units.get(i);
            int lineFeeds = count(unit);
            boolean last = i == units.size() - 1;
            assertTrue(last ? lineFeeds <= 1 : lineFeeds == 1, "a unit has one line");
            assertTrue(last || unit[unit.length - 1] == '\n', "a line ends with its line feed");
        }
    }

    @Property(tries = 2_000)
    void chunksTileTheInputAndEndAfterALineFeedWhereOneIsNear(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 300) int size) throws IOException {
        byte[] text = text(new Random(seed), 5_000, 200);
        List<byte[]> units = units(new Recipe.Chunks(blob("data", text), size), text);
        for (int i = 0; i < units.size() - 1; i++) {
            byte[] unit = units.get(i);
            assertEquals('\n', unit[unit.length - 1]);
            assertTrue(unit.length <= size || count(unit) == 1, "only a single line is longer than a chunk");
        }
        for (int i = 0; i < units.size() - 1; i++) {
            boolean room = units.get(i).length + firstLine(units.get(i + 1)) <= size;
            assertTrue(!room, "a chunk takes every line that fits");
        }
    }

    @Test
    void whatFillsAChunkToTheLastByteOfTheInputIsOneUnit() throws IOException {
        byte[] text = "ab\ncd".getBytes(US_ASCII);
        assertEquals(1, units(new Recipe.Chunks(blob("exact", text), 5), text).size());
        assertEquals(2, units(new Recipe.Chunks(blob("tight", text), 4), text).size());
    }

    @Test
    void dataWithoutLineFeedsIsCutAtTheSize() throws IOException {
        int size = 100_000;
        byte[] data = new byte[750_001];
        List<byte[]> units = units(new Recipe.Chunks(blob("data", data), size), data);
        assertEquals(8, units.size());
        assertTrue(units.subList(0, 7).stream().allMatch(unit -> unit.length == size));
        assertEquals(50_001, units.get(7).length, "the rest is cut like all before it");
    }

    @Test
    void aLineOfUpToTwiceTheSizeStaysWholeAndALongerOneIsCut() throws IOException {
        int size = 100_000;
        byte[] whole = line(2 * size);
        assertEquals(
                1, units(new Recipe.Chunks(blob("whole", whole), size), whole).size());
        byte[] cut = line(2 * size + 1);
        assertEquals(size, units(new Recipe.Chunks(blob("cut", cut), size), cut).get(0).length);
        byte[] small = line(10 + SLACK);
        assertEquals(
                1, units(new Recipe.Chunks(blob("small", small), 10), small).size());
    }

    @Test
    void theLargestChunksAreNoLargerThanAUnitMayBe() {
        ChunkCutter cutter = new ChunkCutter(Recipe.MAX_UNIT_INPUT);
        Bounds bounds = new Bounds(10);
        byte[] block = new byte[1 << 20];
        for (int i = 0; i < 300; i++) {
            cutter.take(block, block.length, bounds);
        }
        cutter.end(bounds);
        assertEquals(300L << 20, bounds.last());
    }

    @Test
    void anEmptyInputHasNoUnits() throws IOException {
        byte[] nothing = {};
        assertEquals(0, split(new Recipe.Lines(blob("text", nothing))).indices());
        assertEquals(0, split(new Recipe.Chunks(blob("text", nothing), 9)).indices());
        assertEquals(0, split(new Recipe.Range(5, 5)).indices());
    }

    @Test
    void aRangeIsItsOwnSpace() throws IOException {
        Split split = split(new Recipe.Range(-7, 13, 4));
        assertEquals(Optional.of(new Span(-7, 13)), split.space());
        assertEquals(4, split.step());
        assertEquals(20, split.indices());
        assertEquals(Optional.empty(), split.input().apply(3));
    }

    @Test
    void eachFileIsAUnitUnderItsName() throws IOException {
        Split split = split(new Recipe.Each(List.of(blob("a.txt", new byte[3]), blob("b.txt", new byte[0]))));
        assertEquals(2, split.indices());
        assertEquals("b.txt", split.input().apply(1).orElseThrow().name());
        assertEquals(3, split.input().apply(0).orElseThrow().length());
    }

    @Property(tries = 100)
    void listedUnitsHaveTheirLengths(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        int[] lengths = random.ints(random.nextInt(50), 0, 40).toArray();
        byte[] data = new byte[Arrays.stream(lengths).sum()];
        random.nextBytes(data);
        List<byte[]> units = units(new Recipe.Listed(blob("data", data), blob("lengths", encoded(lengths))), data);
        assertArrayEquals(lengths, units.stream().mapToInt(unit -> unit.length).toArray());
    }

    @Test
    void aListThatDoesNotFitItsDataIsRefusedWithASentence() {
        byte[] data = new byte[10];
        assertSaid("the unit lengths do not add up to the data's size", listed(data, 4, 5));
        assertSaid("a unit's input has 0 to 268435456 bytes", listed(data, -1, 11));
        NamedBlob lengths = blob("lengths", encoded(4, 6));
        NamedBlob claimed = new NamedBlob("lengths", lengths.blob(), 12);
        assertSaid("the list of unit lengths is cut short", new Recipe.Listed(blob("data", data), claimed));
        assertSaid("this job has no recipe of its own", new Recipe.Own());
    }

    @Test
    void unitsAreCountedAndMeasured() {
        Bounds bounds = new Bounds(2);
        bounds.endAt(5);
        IllegalArgumentException longUnit =
                assertThrows(IllegalArgumentException.class, () -> bounds.endAt(6L + Recipe.MAX_UNIT_INPUT));
        assertEquals("unit 1 has more than 268435456 bytes of input", longUnit.getMessage());
        bounds.endAt(6);
        IllegalArgumentException many = assertThrows(IllegalArgumentException.class, () -> bounds.endAt(7));
        assertEquals("the input has more than 2 units", many.getMessage());
    }

    private void assertSaid(String sentence, Recipe recipe) {
        assertEquals(
                sentence,
                assertThrows(IllegalArgumentException.class, () -> split(recipe))
                        .getMessage());
    }

    private Recipe listed(byte[] data, int... lengths) {
        return new Recipe.Listed(blob("data", data), blob("lengths", encoded(lengths)));
    }

    private static byte[] encoded(int... lengths) {
        ByteBuffer bytes = ByteBuffer.allocate(lengths.length * Integer.BYTES);
        Arrays.stream(lengths).forEach(bytes::putInt);
        return bytes.array();
    }

    /** Each unit's bytes, after a check that they follow one another from the input's start to its end. */
    private List<byte[]> units(Recipe recipe, byte[] input) throws IOException {
        Split split = split(recipe);
        List<byte[]> units = new ArrayList<>();
        long end = 0;
        for (long index = 0; index < split.indices(); index++) {
            Slice slice = split.input().apply(index).orElseThrow();
            assertEquals(end, slice.offset(), "no gap and no overlap");
            end += slice.length();
            units.add(Arrays.copyOfRange(input, (int) slice.offset(), (int) end));
        }
        assertEquals(input.length, end, "nothing is left out");
        return units;
    }

    private Split split(Recipe recipe) throws IOException {
        return new Splitter(blob -> new Dribble(blobs.get(blob.blob()))).split(recipe);
    }

    private NamedBlob blob(String name, byte[] bytes) {
        BlobId id =
                BlobId.of(ByteBuffer.allocate(BlobId.BYTES).putInt(blobs.size()).array());
        blobs.put(id, bytes);
        return new NamedBlob(name, id, bytes.length);
    }

    private static byte[] text(Random random, int most, int lineLength) {
        byte[] text = new byte[random.nextInt(most)];
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte) (random.nextInt(lineLength) == 0 ? '\n' : 'x');
        }
        return text;
    }

    private static byte[] line(int length) {
        byte[] line = new byte[length];
        line[length - 1] = '\n';
        return line;
    }

    private static int count(byte[] unit) {
        int lineFeeds = 0;
        for (byte each : unit) {
            lineFeeds += each == '\n' ? 1 : 0;
        }
        return lineFeeds;
    }

    private static int firstLine(byte[] unit) {
        int length = 0;
        while (length < unit.length && unit[length] != '\n') {
            length++;
        }
        return Math.min(unit.length, length + 1);
    }

    /** Gives its bytes in odd portions, as a network does. */
    private static final class Dribble extends ByteArrayInputStream {
        Dribble(byte[] bytes) {
            super(bytes);
        }

        @Override
        public synchronized int read(byte[] into, int offset, int length) {
            return super.read(into, offset, Math.min(length, 7_919));
        }
    }

    @Test
    void whatCannotBeReadIsNoFaultOfTheInput() {
        Splitter splitter = new Splitter(blob -> {
            throw new IOException("nobody has it");
        });
        assertThrows(IOException.class, () -> splitter.split(new Recipe.Lines(blob("text", new byte[1]))));
    }
}
