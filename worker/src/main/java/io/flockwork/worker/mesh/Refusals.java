package io.flockwork.worker.mesh;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of refused peers: a line for each reason and minute, however many try. Safe for use by many threads. */
final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
    private static final long MINUTE_MILLIS = 60_000;
    private static final int MOST_REASONS = 64;
    private static final int LONGEST_REASON = 200;
    private static final String OTHER = "for other reasons";

    private final LongSupplier millis;
    private final Map<String, Told> told = new HashMap<>();

    private static final class Told {
        private final long since;
        private long untold;

        private Told(long since) {
            this.since = since;
        }
    }

    /** @param millis a clock that never goes back */
    Refusals(LongSupplier millis) {
        this.millis = millis;
    }

    /** @param reason a sentence without the peer's address, so that equal ones meet */
    void refused(Object peer, String reason) {
        line(peer, reason).ifPresent(LOG::warn);
    }

    synchronized Optional<String> line(Object peer, String fullReason) {
        long now = millis.getAsLong();
        String reason = printable(fullReason);
        if (!told.containsKey(reason) && told.size() >= MOST_REASONS) {
            told.values().removeIf(last -> now - last.since >= MINUTE_MILLIS);
            reason = told.size() < MOST_REASONS ? reason : OTHER;
        }
        Told last = told.get(reason);
        if (last != null && now - last.since < MINUTE_MILLIS) {
            last.untold++;
            return Optional.empty();
        }
        told.put(reason, new Told(now));
        String more =
                last == null || last.untold == 0 ? "" : " (and " + last.untold + " more since the last such line)";
        return Optional.of("refused " + peer + " in the mesh: " + reason + more);
    }

    /** Peers have a say in some reasons. */
    private static String printable(String reason) {
        String start = reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason;
        return start.replaceAll("\\p{Cntrl}", " ");
    }
}
