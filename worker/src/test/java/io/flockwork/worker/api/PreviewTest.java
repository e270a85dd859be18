package io.flockwork.worker.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** A result is shown as what it is, and never as a page. */
class PreviewTest {
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String BYTES = "application/octet-stream";

    @Test
    void picturesAreToldByTheirFirstBytes() {
        assertEquals("image/png", Preview.mediaType(HexFormat.of().parseHex("89504e470d0a1a0a0000")));
        assertEquals("image/jpeg", Preview.mediaType(HexFormat.of().parseHex("ffd8ffe000")));
        assertEquals("image/gif", Preview.mediaType("GIF89a".getBytes(UTF_8)));
    }

    @Test
    void whatCouldRunIsText() {
        assertEquals(TEXT, Preview.mediaType("<html><script>alert(1)</script>".getBytes(UTF_8)));
        assertEquals(TEXT, Preview.mediaType("<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>".getBytes(UTF_8)));
        assertEquals(TEXT, Preview.mediaType(new byte[0]));
    }

    @Test
    void otherBytesAreBytes() {
        assertEquals(BYTES, Preview.mediaType(new byte[] {0, 1, 2}));
        assertEquals(BYTES, Preview.mediaType(new byte[] {(byte) 0xc3, 0x28}));
    }

    @Test
    void aCharacterThatIsCutAtTheEndIsNoReasonToDoubtTheText() {
        byte[] text = new byte[Preview.MOST_BYTES];
        Arrays.fill(text, (byte) 'a');
        text[text.length - 1] = (byte) 0xe2;
        assertEquals(TEXT, Preview.mediaType(text));
    }
}
