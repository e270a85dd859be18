package io.flockwork.jobs.wordcount;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Cuts UTF-8 text into words. A word is a run of letters, digits and the marks that combine with them, in lower case
 * ({@link Locale#ROOT}); a single apostrophe, {@code '} or {@code ’}, between two of them belongs to it and is written
 * {@code '}. All else separates words, malformed bytes too.
 *
 * <p>Letters are those of the Unicode version of the Java that runs: a text that uses characters younger than Unicode
 * 13 may be counted differently by Java 17 and later ones.
 */
final class Words {
    private static final int BUFFER_CHARS = 1 << 13;

    private final Consumer<String> sink;
    private final StringBuilder word = new StringBuilder();
    private boolean apostrophe;
    private char highSurrogate;

    private Words(Consumer<String> sink) {
        this.sink = sink;
    }

    /** Hands each word of {@code text} to {@code sink}, in order. */
    static void forEach(byte[] text, Consumer<String> sink) {
        Words words = new Words(sink);
        try (Reader reader = new InputStreamReader(new ByteArrayInputStream(text), StandardCharsets.UTF_8)) {
            char[] buffer = new char[BUFFER_CHARS];
            for (int count = reader.read(buffer); count >= 0; count = reader.read(buffer)) {
                words.take(buffer, count);
            }
        } catch (IOException impossibleInMemory) {
            throw new UncheckedIOException(impossibleInMemory);
        }
        words.end();
    }

    private void take(char[] units, int count) {
        for (int i = 0; i < count; i++) {
            char unit = units[i];
            if (Character.isHighSurrogate(unit)) {
                highSurrogate = unit;
            } else {
                take(Character.isLowSurrogate(unit) ? Character.toCodePoint(highSurrogate, unit) : unit);
            }
        }
    }

    private void take(int codePoint) {
        if (belongs(codePoint)) {
            if (apostrophe) {
                word.append('\'');
                apostrophe = false;
            }
            word.appendCodePoint(codePoint);
        } else if ((codePoint == '\'' || codePoint == '’') && !word.isEmpty() && !apostrophe) {
            apostrophe = true;
        } else {
            end();
        }
    }

    private void end() {
        apostrophe = false;
        if (!word.isEmpty()) {
            sink.accept(word.toString().toLowerCase(Locale.ROOT));
            word.setLength(0);
        }
    }

    private static boolean belongs(int codePoint) {
        if (codePoint < 128) {
            return codePoint >= 'a' && codePoint <= 'z'
                    || codePoint >= 'A' && codePoint <= 'Z'
                    || codePoint >= '0' && codePoint <= '9';
        }
        return Character.isLetterOrDigit(codePoint) || isMark(codePoint);
    }

    private static boolean isMark(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }
}
