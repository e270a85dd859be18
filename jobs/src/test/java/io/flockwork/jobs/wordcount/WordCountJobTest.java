package io.flockwork.jobs.wordcount;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.flockwork.jobs.LocalJob;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.NamedBlob;
import io.flockwork.sdk.model.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Words are cut as documented, and the counts do not depend on how a text was cut into units. */
class WordCountJobTest {
    private final LocalJob job = LocalJob.of("wordcount", Map.of());

    @Test
    void mostFrequentFirstThenByWord() throws Exception {
        byte[] one = job.compute("The cat and the dog.\nA cat!\n".getBytes(UTF_8));
        byte[] two = job.compute("and THE end".getBytes(UTF_8));
        assertEquals("a\t1\nand\t1\ncat\t2\ndog\t1\nthe\t2\n", new String(one, UTF_8));
        assertEquals("the\t3\nand\t2\ncat\t2\na\t1\ndog\t1\nend\t1\n", text(List.of(one, two)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "don't 'quoted' dogs' '' | don't quoted dogs",
                "don’t rock'n'roll a''b | don't rock'n'roll a b",
                "Straße ÉTÉ ΛΌΓΟΣ слово | straße été λόγος слово",
                "42 3.14 x2-y | 42 3 14 x2 y",
                "日本語 नमस्ते e\u0301te\u0301 | 日本語 नमस्ते e\u0301te\u0301",
                "\ud835\udc00\ud835\udc01c \ud83d\ude00d | \ud835\udc00\ud835\udc01c d"
            })
    void wordsAreRunsOfLettersAndDigits(String text, String words) {
        List<String> found = new ArrayList<>();
        Words.forEach(text.getBytes(UTF_8), found::add);
        assertEquals(words, String.join(" ", found));
    }

    @Test
    void malformedBytesSeparate() throws Exception {
        byte[] text = {'a', (byte) 0xff, 'b', (byte) 0xe2, (byte) 0x82, 'c', ' ', (byte) 0xc3};
        assertEquals("a\t1\nb\t1\nc\t1\n", new String(job.compute(text), UTF_8));
    }

    @Property
    void everyCarvingAtLineEndsGivesTheSameCounts(
            @ForAll("lines") List<String> lines, @ForAll @IntRange(min = 1, max = 200) int size) throws Exception {
        List<byte[]> results = new ArrayList<>();
        StringBuilder unit = new StringBuilder();
        for (String line : lines) {
            unit.append(line).append('\n');
            if (unit.length() >= size) {
                results.add(job.compute(unit.toString().getBytes(UTF_8)));
                unit.setLength(0);
            }
        }
        results.add(job.compute(unit.toString().getBytes(UTF_8)));
        byte[] whole = job.compute(String.join("\n", lines).getBytes(UTF_8));
        assertEquals(text(List.of(whole)), text(results));
    }

    @Provide
    Arbitrary<List<String>> lines() {
        Arbitrary<String> line = Arbitraries.strings()
                .withChars("aAbß'’ \t.é9")
                .withCharRange('\u0000', '\u0009')
                .withCharRange('\u0900', '\u0980')
                .ofMaxLength(60);
        return line.list().ofMaxSize(40);
    }

    @Test
    void aLongTextWithoutPauseCrossesTheReadersBuffer() throws Exception {
        String word = "x\ud835\udc00".repeat(20_000);
        assertEquals(word + "\t2\n", new String(job.compute((word + " " + word).getBytes(UTF_8)), UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"word", "\t1", "word\tmany", "word\t-1", "word\t9223372036854775808", "word\t"})
    void aStrangeResultIsRefused(String line) {
        assertThrows(IllegalArgumentException.class, () -> text(List.of(line.getBytes(UTF_8))));
    }

    @Test
    void textsAreNeeded() {
        assertThrows(IllegalArgumentException.class, job::recipe);
        assertThrows(IllegalArgumentException.class, () -> job.recipe(new Recipe.Range(0, 5)));
        Recipe lines = new Recipe.Lines(new NamedBlob("text", BlobId.of(new byte[32]), 10));
        assertEquals(lines, job.recipe(lines));
    }

    private String text(List<byte[]> results) {
        return new String(job.combine(results), UTF_8);
    }
}
