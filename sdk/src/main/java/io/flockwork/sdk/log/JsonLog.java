package io.flockwork.sdk.log;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import java.util.Iterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log as JSON, for programs that collect logs. */
public final class JsonLog {
    private JsonLog() {}

    /**
     * From now on this process logs one JSON object a line where it logged lines of text.
     *
     * @throws IllegalStateException with one sentence when it logs by another library than Logback
     */
    public static void turnOn() {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            throw new IllegalStateException("there is no log to write as JSON: this program logs without Logback");
        }
        Iterator<Appender<ILoggingEvent>> appenders =
                context.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders();
        appenders.forEachRemaining(appender -> {
            if (appender instanceof OutputStreamAppender<ILoggingEvent> stream) {
                JsonLineEncoder encoder = new JsonLineEncoder();
                encoder.setContext(context);
                encoder.start();
                stream.setEncoder(encoder);
            }
        });
    }
}
