package io.flockwork.jobs.primes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.jobs.LocalJob;
import io.flockwork.sdk.model.Recipe;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The counts are the known ones, whatever the units. */
class PrimesJobTest {
    @ParameterizedTest
    @CsvSource({
        "1, 0",
        "2, 0",
        "3, 1",
        "10, 4",
        "100, 25",
        "1000, 168",
        "10^4, 1229",
        "10^5, 9592",
        "10^6, 78498",
        "10^7, 664579",
        "10^8, 5761455"
    })
    void countsAsTheTablesSay(String to, long count) throws Exception {
        assertEquals(count, whole(LocalJob.of("primes", Map.of("to", to))));
    }

    @ParameterizedTest
    @CsvSource({"999999000000, 10^12", "4294000000, 4295000000", "999999999900000, 10^15"})
    void countsFarOutAsTheJdkDoes(String from, String to) throws Exception {
        LocalJob job = LocalJob.of("primes", Map.of("from", from, "to", to));
        Recipe.Range range = (Recipe.Range) job.recipe();
        long tail = Math.max(range.from(), range.to() - 20_000);
        long expected = LongStream.range(tail, range.to())
                .filter(n -> BigInteger.valueOf(n).isProbablePrime(40))
                .count();
        assertEquals(expected, count(job.compute(tail, range.to())));
        assertEquals(whole(job), count(job.compute(range.from(), tail)) + expected);
    }

    @Property(tries = 200)
    void everyCarvingGivesTheSameSum(@ForAll @Size(max = 20) List<@LongRange(min = 0, max = 300_000) Long> cuts)
            throws Exception {
        LocalJob job = LocalJob.of("primes", Map.of("to", "300000"));
        TreeSet<Long> ends = new TreeSet<>(cuts);
        ends.remove(0L);
        ends.add(300_000L);
        List<byte[]> results = new ArrayList<>();
        long from = 0;
        for (long to : ends) {
            results.add(job.compute(from, to));
            from = to;
        }
        assertEquals("25997\n", new String(job.combine(results), StandardCharsets.US_ASCII));
    }

    @Property(tries = 300)
    void smallSpansAgreeWithTrialDivision(
            @ForAll @LongRange(min = 0, max = 5000) long from, @ForAll @LongRange(min = 1, max = 300) long size)
            throws Exception {
        long expected = LongStream.range(Math.max(2, from), from + size)
                .filter(n -> LongStream.rangeClosed(2, (long) Math.sqrt(n)).allMatch(d -> n % d != 0))
                .count();
        assertEquals(expected, count(LocalJob.of("primes", Map.of("to", "6000")).compute(from, from + size)));
    }

    @Test
    void theRangeIsCarvedToFitEachWorker() {
        assertEquals(
                new Recipe.Range(5, 1_000_000_000, 0),
                LocalJob.of("primes", Map.of("from", "5", "to", "10^9")).recipe());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ten", "-1", "10^16", "1.5", ""})
    void aBadEndIsNamedInOneSentence(String to) {
        LocalJob job = LocalJob.of("primes", Map.of("to", to));
        String message =
                assertThrows(IllegalArgumentException.class, job::recipe).getMessage();
        assertTrue(message.startsWith("to=" + to), message);
    }

    @Test
    void aRecipeOrAStrangeResultIsRefused() {
        LocalJob job = LocalJob.of("primes", Map.of("to", "10"));
        assertThrows(IllegalArgumentException.class, () -> job.recipe(new Recipe.Range(0, 1)));
        for (String strange : List.of("", "x", "1 2", "-1", "9223372036854775808", "9".repeat(100))) {
            byte[] result = strange.getBytes(StandardCharsets.US_ASCII);
            assertThrows(IllegalArgumentException.class, () -> job.combine(List.of(result)), strange);
        }
    }

    private static long whole(LocalJob job) throws Exception {
        Recipe.Range range = (Recipe.Range) job.recipe();
        return count(job.compute(range.from(), range.to()));
    }

    private static long count(byte[] result) {
        return Long.parseLong(new String(result, StandardCharsets.US_ASCII).strip());
    }
}
