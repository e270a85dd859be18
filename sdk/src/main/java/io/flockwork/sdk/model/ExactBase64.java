package io.flockwork.sdk.model;

import java.util.Base64;

/** Base64 (RFC 4648, section 4) in which no two texts mean the same bytes: else what is signed could be written in other ways. */
public final class ExactBase64 {
    private ExactBase64() {}

    /**
     * The bytes that this text is the writing of.
     *
     * @throws IllegalArgumentException with one sentence when it is not
     */
    public static byte[] decode(String text) {
        byte[] bytes = Base64.getDecoder().decode(text);
        if (!Base64.getEncoder().encodeToString(bytes).equals(text)) {
            throw new IllegalArgumentException("the bits after the last byte of a base64 text are not zero");
        }
        return bytes;
    }
}
