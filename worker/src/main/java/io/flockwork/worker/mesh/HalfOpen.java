package io.flockwork.worker.mesh;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/** Counts the accepted connections that have not shown who they are. Safe for use by many threads. */
final class HalfOpen {
    private final int most;
    private final int mostOfOne;
    private final Map<InetAddress, Integer> counts = new HashMap<>();
    private int total;

    HalfOpen(int most, int mostOfOne) {
        this.most = most;
        this.mostOfOne = mostOfOne;
    }

    /** False when there are too many already; otherwise {@link #leave} must follow. */
    synchronized boolean enter(InetAddress from) {
        if (total >= most || counts.getOrDefault(from, 0) >= mostOfOne) {
            return false;
        }
        total++;
        counts.merge(from, 1, Integer::sum);
        return true;
    }

    synchronized void leave(InetAddress from) {
        total--;
        counts.computeIfPresent(from, (same, count) -> count == 1 ? null : count - 1);
    }

    synchronized int total() {
        return total;
    }
}
