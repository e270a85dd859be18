package io.flockwork.sdk.serve;

import java.util.HashMap;
import java.util.Map;

/**
 * How many connections there are, in all and of each address, and how many of those have not shaken hands yet. Safe for use by
 * many threads.
 */
final class Crowd {
    private final Limits limits;
    private final Map<String, Count> counts = new HashMap<>();
    private final Count all = new Count();

    /**
     * Most connections.
     *
     * @param ofAll in all
     * @param ofOne of one address
     * @param strangers in all, before they have shaken hands
     * @param strangersOfOne of one address, before they have shaken hands
     */
    record Limits(int ofAll, int ofOne, int strangers, int strangersOfOne) {}

    private static final class Count {
        private int present;
        private int strangers;
    }

    Crowd(Limits limits) {
        this.limits = limits;
    }

    /** One more, who is a stranger yet; false when there is no room. */
    synchronized boolean arrives(String address) {
        Count of = counts.getOrDefault(address, new Count());
        if (all.present >= limits.ofAll
                || all.strangers >= limits.strangers
                || of.present >= limits.ofOne
                || of.strangers >= limits.strangersOfOne) {
            return false;
        }
        counts.put(address, of);
        for (Count count : new Count[] {all, of}) {
            count.present++;
            count.strangers++;
        }
        return true;
    }

    /** One who had arrived has shaken hands. */
    synchronized void settles(String address) {
        all.strangers--;
        counts.get(address).strangers--;
    }

    /** One who had arrived has left. */
    synchronized void leaves(String address, boolean stranger) {
        Count of = counts.get(address);
        for (Count count : new Count[] {all, of}) {
            count.present--;
            count.strangers -= stranger ? 1 : 0;
        }
        if (of.present == 0) {
            counts.remove(address);
        }
    }
}
