package io.flockwork.sdk.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Answers that mean the same have the same normal form. */
class NormalFormTest {
    private static String six(String text) {
        return new String(NormalForm.digits(text.getBytes(UTF_8), 6), UTF_8);
    }

    @Test
    void fractionsAreRoundedAndAllElseStays() {
        assertEquals("3.14159E+0", six("3.14159265358979"));
        assertEquals("x=1.5E-7 y=-2.5E+3é\n", six("x=0.00000015 y=-2500.0é\n"));
        assertEquals("12345678 units", six("12345678 units"));
        assertEquals("1E+21", six("1e21"));
        assertEquals("0E+0 0E+0", six("0.0 -0.000"));
        assertEquals("v1.2E+0", six("v1.2"));
        assertEquals("", six(""));
    }

    @Test
    void whatTheSameProgramWroteInTwoWaysIsTheSame() {
        assertEquals(six("0.30000000000000004"), six("0.3"));
        assertEquals(six("1.0E10"), six("10000000000.00"));
    }

    @Test
    void aDoubleHasSeventeenDigits() {
        assertThrows(IllegalArgumentException.class, () -> NormalForm.digits(new byte[0], 0));
        assertThrows(IllegalArgumentException.class, () -> NormalForm.digits(new byte[0], 18));
    }

    @Property
    void theNormalFormOfANormalFormIsItself(
            @ForAll @DoubleRange(min = -1e300, max = 1e300) double number,
            @ForAll @IntRange(min = 1, max = 17) int digits) {
        byte[] once =
                NormalForm.digits(String.format(Locale.ROOT, "%.3f", number).getBytes(UTF_8), digits);
        assertEquals(new String(once, UTF_8), new String(NormalForm.digits(once, digits), UTF_8));
    }
}
