package io.flockwork.jobs.echo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.jobs.LocalJob;
import io.flockwork.sdk.model.Recipe;
import java.lang.management.ManagementFactory;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a measurement relies on: the units asked for, the bytes asked for, at least the work asked for. */
class EchoJobTest {
    @Test
    void unitsOfOneIntegerEach() throws Exception {
        LocalJob job = LocalJob.of("echo", Map.of("units", "1000"));
        assertEquals(new Recipe.Range(0, 1000, 1), job.recipe());
        assertEquals("7 8\n", new String(job.compute(7, 8), UTF_8));
    }

    @Test
    void aRecipeIsTakenAsItIs() {
        Recipe given = new Recipe.Range(3, 9, 2);
        assertEquals(given, LocalJob.of("echo", Map.of()).recipe(given));
    }

    @ParameterizedTest
    @CsvSource({"0, abc", "2, ab", "7, abcabca"})
    void theInputIsRepeatedOrCutToSize(String size, String result) throws Exception {
        byte[] computed = LocalJob.of("echo", Map.of("size", size)).compute("abc".getBytes(UTF_8));
        assertEquals(result, new String(computed, UTF_8));
    }

    @Test
    void nothingRepeatedIsZeroBytes() throws Exception {
        assertArrayEquals(new byte[3], LocalJob.of("echo", Map.of("size", "3")).compute(new byte[0]));
    }

    @Test
    void spinBurnsProcessorTime() throws Exception {
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        LocalJob.of("echo", Map.of("spin", "20")).compute(0, 1);
        assertTrue(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before >= 20_000_000);
    }

    @ParameterizedTest
    @CsvSource({"units, -1", "units, 1e12", "spin, soon", "size, 1e9"})
    void aBadParameterIsNamed(String name, String value) {
        LocalJob job = LocalJob.of("echo", Map.of(name, value));
        String message =
                assertThrows(IllegalArgumentException.class, job::recipe).getMessage();
        assertTrue(message.startsWith(name + "=" + value), message);
    }

    @Test
    void eitherUnitsOrARecipe() {
        assertThrows(IllegalArgumentException.class, LocalJob.of("echo", Map.of())::recipe);
        LocalJob both = LocalJob.of("echo", Map.of("units", "5"));
        assertThrows(IllegalArgumentException.class, () -> both.recipe(new Recipe.Range(0, 5)));
    }
}
