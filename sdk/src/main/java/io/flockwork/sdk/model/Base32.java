package io.flockwork.sdk.model;

/** Lower-case base32 without padding (RFC 4648, section 6): ids that survive file names, URLs and being read aloud. */
public final class Base32 {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

    private Base32() {}

    /** The text that stands for these bytes, without padding. */
    public static String encode(byte[] bytes) {
        StringBuilder text = new StringBuilder((bytes.length * 8 + 4) / 5);
        int buffer = 0;
        int bits = 0;
        for (byte b : bytes) {
            buffer = buffer << 8 | b & 0xff;
            bits += 8;
            while (bits >= 5) {
                bits -= 5;
                text.append(ALPHABET.charAt(buffer >>> bits & 31));
            }
        }
        if (bits > 0) {
            text.append(ALPHABET.charAt(buffer << 5 - bits & 31));
        }
        return text.toString();
    }

    /** True when {@code text} is non-empty, at most {@code longest} characters and within the alphabet. */
    static boolean matches(String text, int longest) {
        return !text.isEmpty() && text.length() <= longest && text.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0);
    }
}
