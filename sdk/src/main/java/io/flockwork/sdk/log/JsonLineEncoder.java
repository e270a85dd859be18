package io.flockwork.sdk.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/**
 * One JSON object a line: time (ISO 8601, UTC, milliseconds), level, logger, thread, message, and exception where there is one. All
 * but ASCII is escaped: what others have put into their names neither ends a line nor moves a terminal's cursor.
 */
final class JsonLineEncoder extends EncoderBase<ILoggingEvent> {
    static final int LONGEST_MESSAGE = 8 << 10;
    static final int LONGEST_EXCEPTION = 32 << 10;

    private static final byte[] NOTHING = {};
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private final JsonFactory json =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private final ThrowableProxyConverter exceptions = new ThrowableProxyConverter();

    @Override
    public void start() {
        exceptions.start();
        super.start();
    }

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        StringWriter line = new StringWriter();
        try (JsonGenerator to = json.createGenerator(line)) {
            to.writeStartObject();
            to.writeStringField("time", TIME.format(Instant.ofEpochMilli(event.getTimeStamp())));
            to.writeStringField("level", event.getLevel().toString());
            to.writeStringField("logger", event.getLoggerName());
            to.writeStringField("thread", event.getThreadName());
            to.writeStringField("message", cut(event.getFormattedMessage(), LONGEST_MESSAGE));
            if (event.getThrowableProxy() != null) {
                to.writeStringField("exception", cut(exceptions.convert(event), LONGEST_EXCEPTION));
            }
            to.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        // DEL is ASCII that JSON lets pass.
        return (line.toString().replace("\u007f", "\\u007f") + "\n").getBytes(UTF_8);
    }

    /** Not between the two halves of a character. */
    private static String cut(String text, int longest) {
        if (text == null || text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return text.substring(0, end) + "… (" + text.length() + " characters)";
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }
}
