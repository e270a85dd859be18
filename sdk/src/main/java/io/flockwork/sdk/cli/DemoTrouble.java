package io.flockwork.sdk.cli;

/** The demo cannot go on; carries what its processes said last. */
final class DemoTrouble extends RuntimeException {
    private final String logs;

    DemoTrouble(String message, String logs) {
        super(message);
        this.logs = logs;
    }

    String logs() {
        return logs;
    }
}
