package io.flockwork.worker.master;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums are exact, whatever the numbers; what is no number is said so. */
class SumCombinerTest {
    @Test
    void addsExactlyBeyondEveryMachineWord() {
        assertEquals("18446744073709551615\n", sum("9223372036854775807", "9223372036854775807\n", " 1 "));
        assertEquals("0.3\n", sum("0.1", "0.2"));
        assertEquals("-4\n", sum("-1e1", "6"));
    }

    @Test
    void emptyResultsAddNothing() {
        assertEquals("7\n", sum("", "7", "\n"));
        assertEquals("0\n", sum());
    }

    @ParameterizedTest
    @ValueSource(strings = {"seven", "1 2", "1e2000000000", "1e1001", "NaN", "0x10"})
    void whatIsNoNumberIsRefusedWithASentence(String result) {
        String said =
                assertThrows(IllegalArgumentException.class, () -> sum(result)).getMessage();
        assertEquals("cannot sum: the result is not one number: " + result, said);
    }

    @Test
    void aNumberHiddenBehindMuchSpaceIsNotOverlooked() {
        assertThrows(IllegalArgumentException.class, () -> sum(" ".repeat(1000) + "5"));
        String said = assertThrows(IllegalArgumentException.class, () -> sum("9".repeat(100_000)))
                .getMessage();
        assertTrue(said.length() < 200, "a long result is shown in part");
    }

    private static String sum(String... results) {
        SumCombiner combiner = new SumCombiner();
        for (String result : results) {
            combiner.add(result.getBytes(StandardCharsets.UTF_8));
        }
        return new String(combiner.finish(), StandardCharsets.UTF_8);
    }
}
