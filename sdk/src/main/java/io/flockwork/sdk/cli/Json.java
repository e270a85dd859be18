package io.flockwork.sdk.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;

/** One line of JSON of maps, lists, texts and numbers. */
public final class Json {
    private Json() {}

    /** The value, without a line end. */
    public static String line(Object value) throws IOException {
        return JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES).asString(value);
    }
}
