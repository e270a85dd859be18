package io.flockwork.worker.runtime;

import java.util.Locale;

/** Whether a runner is put into a sandbox. */
public enum SandboxChoice {
    /** In a sandbox where this machine can make one. */
    AUTO,
    /** In a sandbox or not at all. */
    REQUIRED,
    /** Without one. */
    OFF;

    /**
     * Reads a choice as people write it: {@code auto}, {@code required} or {@code off}.
     *
     * @throws IllegalArgumentException with one sentence when it is none of them
     */
    public static SandboxChoice parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "auto" -> AUTO;
            case "required" -> REQUIRED;
            case "off" -> OFF;
            default ->
                throw new IllegalArgumentException(
                        "the sandbox is auto, required or off, not '" + Wording.line(text) + "'");
        };
    }
}
