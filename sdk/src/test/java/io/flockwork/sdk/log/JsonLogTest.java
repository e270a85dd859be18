package io.flockwork.sdk.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** One object a line, whatever is in the message. */
class JsonLogTest {
    private final LoggerContext context = new LoggerContext();
    private final JsonLineEncoder encoder = new JsonLineEncoder();

    @BeforeEach
    void start() {
        encoder.setContext(context);
        encoder.start();
    }

    private String line(String message, Throwable thrown, Object... arguments) {
        Logger logger = context.getLogger("io.flockwork.Some");
        LoggingEvent event = new LoggingEvent("x", logger, Level.WARN, message, thrown, arguments);
        event.setInstant(Instant.ofEpochMilli(1_000));
        String text = new String(encoder.encode(event), StandardCharsets.UTF_8);
        assertTrue(text.endsWith("\n"));
        String line = text.substring(0, text.length() - 1);
        assertTrue(line.chars().allMatch(c -> c >= ' ' && c < 127), line);
        return line;
    }

    private static Map<String, Object> object(String line) throws IOException {
        return JSON.std.mapFrom(line);
    }

    @Test
    void theFieldsInTheirOrder() throws IOException {
        Map<String, Object> said = object(line("worker {} is here", null, "ant"));
        assertEquals(List.of("time", "level", "logger", "thread", "message"), List.copyOf(said.keySet()));
        assertEquals("1970-01-01T00:00:01.000Z", said.get("time"));
        assertEquals("WARN", said.get("level"));
        assertEquals("io.flockwork.Some", said.get("logger"));
        assertEquals(Thread.currentThread().getName(), said.get("thread"));
        assertEquals("worker ant is here", said.get("message"));
    }

    @Test
    void namesThatMoveACursorOrEndALineStayEscaped() throws IOException {
        String name = "a\n{\"level\":\"ERROR\"}\r\u001b[2J\u007f\u0085\u2028\u202e\u0000\ud83d\ude00\"";
        assertEquals(name, object(line("{}", null, name)).get("message"));
    }

    @Test
    void whatIsTooLongIsCut() throws IOException {
        int most = JsonLineEncoder.LONGEST_MESSAGE;
        assertEquals("x".repeat(most), object(line("x".repeat(most), null)).get("message"));
        String cut = (String) object(line("x".repeat(most - 1) + "\ud83d\ude00".repeat(9), null))
                .get("message");
        assertEquals("x".repeat(most - 1) + "… (" + (most + 17) + " characters)", cut);
    }

    @Test
    void anExceptionComesWithItsCause() throws IOException {
        Throwable thrown = new IllegalStateException("outer", new IOException("in\nner"));
        String said = (String) object(line("it failed", thrown)).get("exception");
        assertTrue(said.startsWith("java.lang.IllegalStateException: outer"), said);
        assertTrue(said.contains("Caused by: java.io.IOException: in\nner"), said);
        assertTrue(said.contains("JsonLogTest"), said);
        Throwable deep = new IllegalStateException("x".repeat(JsonLineEncoder.LONGEST_EXCEPTION));
        String cut = (String) object(line("it failed", deep)).get("exception");
        assertTrue(cut.length() < JsonLineEncoder.LONGEST_EXCEPTION + 50, () -> "" + cut.length());
    }

    @Test
    void turnedOnTheProcessLogsSo() {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        OutputStreamAppender<ILoggingEvent> appender = (OutputStreamAppender<ILoggingEvent>)
                root.iteratorForAppenders().next();
        Encoder<ILoggingEvent> before = appender.getEncoder();
        try {
            JsonLog.turnOn();
            assertInstanceOf(JsonLineEncoder.class, appender.getEncoder());
            assertTrue(appender.getEncoder().isStarted());
            assertFalse(before instanceof JsonLineEncoder);
        } finally {
            appender.setEncoder(before);
        }
    }
}
