package io.flockwork.sdk.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/**
 * A file of the dashboard, ready to be sent.
 *
 * @param tag by which a browser knows that it has it (RFC 9110, section 8.8.3)
 */
record Asset(String mediaType, byte[] bytes, byte[] zipped, String tag) {
    private static final int TAG_DIGITS = 16;

    static Asset of(String mediaType, byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            String tag = '"' + HexFormat.of().formatHex(digest).substring(0, TAG_DIGITS) + '"';
            return new Asset(mediaType, bytes, zip(bytes), tag);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] zip(byte[] bytes) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return zipped.toByteArray();
    }
}
