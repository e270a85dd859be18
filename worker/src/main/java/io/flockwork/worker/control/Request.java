package io.flockwork.worker.control;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalLong;

/** What the machine's user asks for: one line of JSON, {@code {"do":"pause","millis":7200000}} for one. */
sealed interface Request {
    /** Longest line, bytes. */
    int LONGEST = 4 << 10;

    /** Ten years, in milliseconds. */
    long LONGEST_PAUSE = 315_576_000_000L;

    record Status() implements Request {}

    /**
     * @param millis for how long; absent: until told to resume
     */
    record Begin(OptionalLong millis) implements Request {}

    record Resume() implements Request {}

    /**
     * @throws IllegalArgumentException with one sentence when it is none
     */
    static Request parse(byte[] line) {
        if (line.length > LONGEST) {
            throw new IllegalArgumentException("a request has at most " + LONGEST + " bytes");
        }
        Map<String, Object> asked;
        try {
            asked = JSON.std.mapFrom(line);
        } catch (IOException bad) {
            throw new IllegalArgumentException("a request is one JSON object on one line", bad);
        }
        Object what = asked.get("do");
        if ("status".equals(what)) {
            return new Status();
        } else if ("pause".equals(what)) {
            return new Begin(millis(asked.get("millis")));
        } else if ("resume".equals(what)) {
            return new Resume();
        }
        throw new IllegalArgumentException("a request does status, pause or resume");
    }

    private static OptionalLong millis(Object given) {
        if (given == null) {
            return OptionalLong.empty();
        }
        if ((given instanceof Integer || given instanceof Long) && isTime(((Number) given).longValue())) {
            return OptionalLong.of(((Number) given).longValue());
        }
        throw new IllegalArgumentException("a pause lasts from 1 to " + LONGEST_PAUSE + " ms");
    }

    private static boolean isTime(long millis) {
        return millis >= 1 && millis <= LONGEST_PAUSE;
    }
}
