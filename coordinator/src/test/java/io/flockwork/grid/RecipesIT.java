package io.flockwork.grid;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.grid.TestGrid.RunningCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever the recipe, {@code -o} holds the bytes that the program would have given on the submitter's own machine. */
class RecipesIT {
    @RegisterExtension
    static final TestGrid GRID = TestGrid.ofWorkers(2);

    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = GRID.newFolder();
    }

    @ParameterizedTest
    @CsvSource({
        "-3..4, -3, 4",
        "5..5, 0, 0",
        "41..42, 41, 42",
        "-1000000000001..-999999999999, -1000000000001, -999999999999"
    })
    void smallRanges(String text, long from, long to) throws Exception {
        assertArrayEquals(squares(from, to), fileOf("square.wasm", "--range", text));
    }

    /** Units of more than a megabyte, which travel as blobs, one after the other and side by side. */
    @Test
    void aMillionIntegers() throws Exception {
        assertArrayEquals(squares(0, 1_000_000), fileOf("square.wasm", "--range", "0..10^6"));
    }

    @Test
    void aFileForEachUnitOfARange() throws Exception {
        List<Path> files = folderOf("square.wasm", "--range", "-150000..150000");
        assertArrayEquals(squares(-150_000, 150_000), joined(files));
    }

    @Test
    void aRangeSummed() throws Exception {
        Path out = folder.resolve("sum");
        ran("submit", "--wasm", example("primes.wasm"), "--range", "0..10^7", "--combine", "sum", "-o", "" + out);
        assertEquals("664579\n", Files.readString(out));
    }

    @ParameterizedTest
    @CsvSource({"'one\ntwo\n'", "'one\ntwo'", "'\n\n\nafter empty ones\n\n'", "'dos\r\nlines\r\n\r\nend'", "''", "'\n'"
    })
    void lines(String text) throws Exception {
        Path file = Files.writeString(folder.resolve("lines.txt"), text);
        assertArrayEquals(upper(bytes(text)), fileOf("upper.wasm", "--lines", "" + file));
    }

    @Test
    void aFileForEachLineWhichMayBeLong() throws Exception {
        String text = "first\n" + "x".repeat(2 << 20) + "\n" + "y".repeat(20 << 10) + "\n" + "z\n".repeat(20) + "last";
        Path file = Files.writeString(folder.resolve("lines.txt"), text);

        List<Path> files = folderOf("upper.wasm", "--lines", "" + file);

        assertEquals(24, files.size());
        assertArrayEquals(upper(bytes(text)), joined(files));
        assertEquals("FIRST\n", Files.readString(files.get(0)));
        assertEquals((2 << 20) + 1, Files.size(files.get(1)));
    }

    /** Text is cut after line feeds; bytes without any are cut at the size. */
    @Test
    void chunks() throws Exception {
        String text =
                LongStream.range(0, 40_000).mapToObj(i -> "word " + i + "\n").collect(Collectors.joining());
        Path file = Files.writeString(folder.resolve("text"), text);
        List<Path> files = folderOf("upper.wasm", "--chunks", "" + file, "--size", "64k");
        assertTrue(files.size() >= 7, files::toString);
        for (Path each : files) {
            assertTrue(Files.readString(each).endsWith("\n"), each::toString);
        }
        assertArrayEquals(upper(bytes(text)), joined(files));

        byte[] noise = new byte[3_000_000];
        new SplittableRandom(1).nextBytes(noise);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = noise[i] == '\n' ? 0 : noise[i];
        }
        Path blob = Files.write(folder.resolve("noise"), noise);
        assertArrayEquals(upper(noise), fileOf("upper.wasm", "--chunks", "" + blob, "--size", "1m"));
    }

    @Test
    void eachFile() throws Exception {
        Path spaced = Files.writeString(folder.resolve("a name with spaces.txt"), "spaced");
        Path empty = Files.createFile(folder.resolve("empty"));
        Path large = Files.writeString(folder.resolve("größer.txt"), "abcdefg\n".repeat(200_000));
        Path bare = Files.writeString(folder.resolve("-dash"), "dash\n");
        String[] each = {"--each", "" + spaced, "" + empty, "" + large, "" + bare};
        byte[] expected = upper(bytes("spaced" + "abcdefg\n".repeat(200_000) + "dash\n"));

        assertArrayEquals(expected, fileOf("upper.wasm", each));
        List<Path> files = folderOf("upper.wasm", each);

        assertEquals(
                List.of("0-a name with spaces.txt", "1-empty", "2-größer.txt", "3--dash"),
                files.stream().map(file -> file.getFileName().toString()).toList());
        assertArrayEquals(expected, joined(files));
        assertEquals(0, Files.size(files.get(1)));
    }

    @Test
    void severalJobsAtOnce() throws Exception {
        List<RunningCommand> commands = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            commands.add(GRID.start(
                    "submit",
                    "--wasm",
                    example("square.wasm"),
                    "--range",
                    i + "000..200000",
                    "-o",
                    "" + folder.resolve("" + i)));
        }
        for (int i = 0; i < 4; i++) {
            Ran ran = commands.get(i).end();
            assertEquals(0, ran.code(), ran.toString());
            assertArrayEquals(squares(i * 1000L, 200_000), Files.readAllBytes(folder.resolve("" + i)));
        }
    }

    private byte[] fileOf(String module, String... source) throws Exception {
        Path out = folder.resolve("out");
        submit(module, "" + out, source);
        return Files.readAllBytes(out);
    }

    private List<Path> folderOf(String module, String... source) throws Exception {
        Path out = folder.resolve("results");
        submit(module, out + "/", source);
        try (Stream<Path> files = Files.list(out)) {
            return files.sorted().toList();
        }
    }

    private void submit(String module, String output, String... source) throws Exception {
        List<String> command = new ArrayList<>(List.of("submit", "--wasm", example(module)));
        command.addAll(Arrays.asList(source));
        command.addAll(List.of("-o", output));
        ran(command.toArray(String[]::new));
    }

    private static void ran(String... command) throws Exception {
        Ran ran = GRID.run(command);
        assertEquals(0, ran.code(), ran.toString());
    }

    private static String example(String name) {
        return Modules.example(name).toString();
    }

    private static byte[] joined(List<Path> files) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Path file : files) {
            Files.copy(file, all);
        }
        return all.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] squares(long from, long to) {
        StringBuilder text = new StringBuilder();
        for (long i = from; i < to; i++) {
            text.append(i).append(' ').append(i * i).append('\n');
        }
        return bytes(text.toString());
    }

    private static byte[] upper(byte[] bytes) {
        byte[] upper = bytes.clone();
        for (int i = 0; i < upper.length; i++) {
            upper[i] -= upper[i] >= 'a' && upper[i] <= 'z' ? 'a' - 'A' : 0;
        }
        return upper;
    }
}
