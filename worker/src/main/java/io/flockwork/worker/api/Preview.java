package io.flockwork.worker.api;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** What a result can be shown as. */
final class Preview {
    /** Most bytes that are shown. */
    static final int MOST_BYTES = 1 << 20;

    private static final byte[] PNG = HexFormat.of().parseHex("89504e470d0a1a0a");
    private static final byte[] JPEG = HexFormat.of().parseHex("ffd8ff");
    private static final byte[] GIF = "GIF8".getBytes(StandardCharsets.US_ASCII);

    private Preview() {}

    /** Of pictures that are no programs, or of text; else of bytes. */
    static String mediaType(byte[] start) {
        if (begins(start, PNG)) {
            return "image/png";
        }
        if (begins(start, JPEG)) {
            return "image/jpeg";
        }
        if (begins(start, GIF)) {
            return "image/gif";
        }
        return isText(start) ? "text/plain; charset=utf-8" : "application/octet-stream";
    }

    private static boolean begins(byte[] bytes, byte[] mark) {
        return bytes.length >= mark.length && Arrays.equals(bytes, 0, mark.length, mark, 0, mark.length);
    }

    private static boolean isText(byte[] bytes) {
        int tail = bytes.length == MOST_BYTES ? 3 : 0;
        for (int cut = 0; cut <= tail; cut++) {
            // A part may end within a character.
            if (isWholeText(bytes, bytes.length - cut)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isWholeText(byte[] bytes, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .chars()
                    .allMatch(character ->
                            character >= ' ' || character == '\n' || character == '\t' || character == '\r');
        } catch (CharacterCodingException binary) {
            return false;
        }
    }
}
