package io.flockwork.sdk.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An id is the same whether it was read as digits or as bytes, and nothing else is one. */
class BlobIdTest {
    private static final String DIGITS = "0123456789abcdef".repeat(4);

    @Test
    void digitsAndBytesAreTheSameId() {
        byte[] digest = HexFormat.of().parseHex(DIGITS);
        assertEquals(new BlobId(DIGITS), BlobId.of(digest));
        assertEquals(new BlobId(DIGITS).hashCode(), BlobId.of(digest).hashCode());
        assertArrayEquals(digest, new BlobId(DIGITS).digest());
        assertEquals(DIGITS, BlobId.of(digest).hex());
        assertEquals(DIGITS, BlobId.of(digest).toString());
    }

    @Test
    void everyBitCounts() {
        byte[] digest = HexFormat.of().parseHex(DIGITS);
        for (int bit = 0; bit < 8 * BlobId.BYTES; bit++) {
            byte[] other = digest.clone();
            other[bit / 8] ^= (byte) (1 << bit % 8);
            assertNotEquals(BlobId.of(digest), BlobId.of(other));
        }
    }

    @Test
    void theOrderIsThatOfTheDigits() {
        Random random = new Random(7);
        List<BlobId> ids = Stream.generate(() -> {
                    byte[] digest = new byte[BlobId.BYTES];
                    random.nextBytes(digest);
                    return BlobId.of(digest);
                })
                .limit(100)
                .toList();
        List<String> byDigits = ids.stream().map(BlobId::hex).sorted().toList();
        assertEquals(byDigits, ids.stream().sorted().map(BlobId::hex).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0123", "../../etc/passwd"})
    void whatIsTooShortIsNone(String text) {
        assertThrows(IllegalArgumentException.class, () -> new BlobId(text));
    }

    @Test
    void whatHasOtherLettersIsNone() {
        assertThrows(IllegalArgumentException.class, () -> new BlobId(DIGITS.toUpperCase(Locale.ROOT)));
        assertThrows(IllegalArgumentException.class, () -> new BlobId("g" + DIGITS.substring(1)));
        assertThrows(
                IllegalArgumentException.class, () -> new BlobId("\u0661" + DIGITS.substring(1)), "a digit elsewhere");
        assertThrows(IllegalArgumentException.class, () -> BlobId.of(new byte[31]));
    }
}
