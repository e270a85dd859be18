package io.flockwork.worker.runtime;

/** How causes say things to a person. */
final class Wording {
    private static final int LONGEST_CAUSE = 300;

    private Wording() {}

    /** A span of time as a submitter writes it: {@code 10m}. */
    static String time(long millis) {
        if (millis % 3_600_000 == 0) {
            return millis / 3_600_000 + "h";
        }
        if (millis % 60_000 == 0) {
            return millis / 60_000 + "m";
        }
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }

    /** A number of bytes: {@code 64 MiB}. */
    static String bytes(long bytes) {
        if (bytes % (1 << 20) == 0) {
            return (bytes >> 20) + " MiB";
        }
        return bytes % 1024 == 0 ? (bytes >> 10) + " KiB" : bytes + " bytes";
    }

    /** What an exception says, or its class where it says nothing, as one bounded line. */
    static String cause(Throwable thrown) {
        String message = thrown.getMessage();
        boolean silent = message == null || message.isBlank();
        return line(silent ? thrown.getClass().getSimpleName() : message);
    }

    /** The text as one bounded line. */
    static String line(String text) {
        String line = text.strip().replaceAll("[\\p{Cntrl}\\s]+", " ");
        return line.length() <= LONGEST_CAUSE ? line : line.substring(0, LONGEST_CAUSE) + "…";
    }
}
