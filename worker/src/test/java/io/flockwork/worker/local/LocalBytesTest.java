package io.flockwork.worker.local;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes that a grid would give, whatever the recipe, and nothing of a grid needed. */
class LocalBytesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"5..5, 0, 0", "-15000..15000, -15000, 15000"})
    void ranges(String text, long from, long to) {
        Ran ran = good("--wasm", Ran.example("square"), "--range", text);
        assertEquals(squares(from, to), ran.text());
    }

    @Test
    void aFileForEachUnitOfARange() throws IOException {
        good("--wasm", Ran.example("square"), "--range", "0..20000", "-o", folder.resolve("out") + "/");
        assertEquals(squares(0, 20_000), joined(files("out")));
        List<Path> files = files("out");
        String last = files.get(files.size() - 1).getFileName().toString();
        assertTrue(last.matches((files.size() - 1) + "-\\d+\\.\\.20000"), last);
    }

    @Test
    void aRangeSummed() {
        Ran ran = good("--wasm", Ran.example("primes"), "--range", "0..10^6", "--combine", "sum");
        assertEquals("78498\n", ran.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dos\r\n\n\nend", ""})
    void lines(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("lines"), text);
        Ran ran = good("--wasm", Ran.example("upper"), "--lines", file);
        assertEquals(text.toUpperCase(Locale.ROOT), ran.text());
    }

    @Test
    void chunksEndAfterLineFeedsAndLongResultsStayWhole() throws IOException {
        String text =
                LongStream.range(0, 40_000).mapToObj(i -> "word " + i + "\n").collect(Collectors.joining());
        Path file = Files.writeString(folder.resolve("text"), text);

        good("--wasm", Ran.example("upper"), "--chunks", file, "--size", "64k", "-o", folder.resolve("out") + "/");

        assertTrue(files("out").size() >= 7);
        for (Path each : files("out")) {
            assertTrue(Files.readString(each).endsWith("\n"), each::toString);
        }
        assertEquals(text.toUpperCase(Locale.ROOT), joined(files("out")));
    }

    @Test
    void eachFile() throws IOException {
        Path spaced = Files.writeString(folder.resolve("a name with spaces.txt"), "spaced");
        Path empty = Files.createFile(folder.resolve("empty"));
        Path large = Files.writeString(folder.resolve("größer.txt"), "abcdefg\n".repeat(200_000));

        good("--wasm", Ran.example("upper"), "--each", spaced, empty, large, "-o", folder.resolve("out") + "/");

        assertEquals(
                List.of("0-a name with spaces.txt", "1-empty", "2-größer.txt"),
                files("out").stream().map(file -> file.getFileName().toString()).toList());
        assertEquals("SPACED" + "ABCDEFG\n".repeat(200_000), joined(files("out")));
    }

    @Test
    void theBuiltInTypes() throws IOException {
        assertEquals("664579\n", good("primes", "to=10^7").text());
        Path one = Files.writeString(folder.resolve("one"), "to be or not to be\n");
        Path two = Files.writeString(folder.resolve("two"), "To do\n");
        assertEquals(
                "to\t3\nbe\t2\ndo\t1\nnot\t1\nor\t1\n",
                good("wordcount", "--each", one, two).text());
        assertEquals(30, good("echo", "units=3", "size=10").out().length);
        Path image = folder.resolve("image.png");
        good("mandelbrot", "width=60", "height=40", "-o", image);
        BufferedImage seen = ImageIO.read(image.toFile());
        assertEquals("60x40", seen.getWidth() + "x" + seen.getHeight());
    }

    /** The account goes where the results do not. */
    @Test
    void whatWasThereBeforeIsReplacedAndTheAccountSaysWhatItCost() throws IOException {
        Path out = Files.writeString(folder.resolve("out"), "old");
        Path file = Files.writeString(folder.resolve("lines"), "a\nbb\n");
        Ran ran = good("--wasm", Ran.example("upper"), "--lines", file, "-o", out, "--json", "--twice");
        assertArrayEquals("A\nBB\n".getBytes(StandardCharsets.UTF_8), Files.readAllBytes(out));
        assertTrue(ran.text().startsWith("{\"units\":2,\"failed\":0,"), ran.text());
        assertTrue(
                ran.text().contains("\"largestOutput\":{\"bytes\":3,\"unit\":\"1\"}")
                        || ran.text().contains("\"largestOutput\":{\"unit\":\"1\",\"bytes\":3}"),
                ran.text());
        assertTrue(ran.text().endsWith("\"twice\":{\"units\":2,\"different\":0}}\n"), ran.text());
    }

    private Ran good(Object... arguments) {
        Path home = folder.resolve("home");
        Ran ran = Ran.locally(home, arguments);
        assertEquals(0, ran.code(), ran.err()::toString);
        assertTrue(Files.notExists(home), "nothing is left behind");
        return ran;
    }

    private List<Path> files(String name) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(name))) {
            return files.sorted().toList();
        }
    }

    private static String joined(List<Path> files) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Path file : files) {
            Files.copy(file, all);
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    private static String squares(long from, long to) {
        return LongStream.range(from, to).mapToObj(i -> i + " " + i * i + "\n").collect(Collectors.joining());
    }
}
