package io.flockwork.worker.mesh;

import java.time.Duration;

/**
 * What strangers may take of a core before it knows who they are.
 *
 * @param handshake from the connection's first moment to the end of its handshake
 * @param farewell how long a connection that is to end may still pass on its last word
 * @param halfOpen accepted connections whose handshakes are not over, in all; each holds some 130 KiB
 * @param halfOpenOfOne the same, of one IP address
 */
record TlsLimits(Duration handshake, Duration farewell, int halfOpen, int halfOpenOfOne) {
    static final TlsLimits DEFAULT = new TlsLimits(Duration.ofSeconds(5), Duration.ofSeconds(1), 64, 16);

    TlsLimits {
        if (handshake.isNegative() || farewell.isNegative() || halfOpen < 1 || halfOpenOfOne < 1) {
            throw new IllegalArgumentException("limits are positive");
        }
    }
}
