package io.flockwork.sdk.cli;

import java.io.IOException;

/**
 * Ties a process to the one that started it: where {@code -Dflockwork.leash=true} is set, it ends when its standard input
 * does, which is when the other has closed the pipe or died, however suddenly.
 */
final class Leash {
    private Leash() {}

    static void holdIfTold() {
        if (Boolean.getBoolean("flockwork.leash")) {
            Thread thread = new Thread(Leash::hold, "leash");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static void hold() {
        int next;
        do {
            next = read();
        } while (next >= 0);
        System.exit(0);
    }

    private static int read() {
        try {
            return System.in.read();
        } catch (IOException broken) {
            return -1;
        }
    }
}
