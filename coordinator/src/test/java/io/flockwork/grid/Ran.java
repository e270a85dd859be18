package io.flockwork.grid;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a command did: its exit code and what it wrote. */
record Ran(List<String> arguments, int code, byte[] out, String err) {
    String text() {
        return new String(out, StandardCharsets.UTF_8);
    }

    /** For an assertion's message. */
    @Override
    public String toString() {
        String shown = out.length > 500 ? out.length + " bytes" : text();
        return "flockwork " + String.join(" ", arguments) + " -> " + code + "\nout: " + shown + "\nerr: " + err;
    }
}
