package io.flockwork.worker.verify;

import io.flockwork.sdk.model.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How long each verified result has stood without interruption. One that was neither withdrawn nor checked again for the hold
 * is due to be final. Time is the caller's: any number that only grows.
 */
public final class Hold {
    private record Standing(Span unit, long since) {}

    private final long length;
    private final Deque<Standing> queue = new ArrayDeque<>();
    private final Map<Span, Standing> standing = new HashMap<>();

    /** @param length in the unit of the times that follow */
    public Hold(long length) {
        if (length < 0) {
            throw new IllegalArgumentException("a hold cannot be negative");
        }
        this.length = length;
    }

    /** The unit is accepted, and verified. Nothing happens when it stands already. */
    public void begins(Span unit, long now) {
        if (!standing.containsKey(unit)) {
            Standing begun = new Standing(unit, now);
            standing.put(unit, begun);
            queue.add(begun);
        }
    }

    /** The unit's result is withdrawn, or no longer verified. */
    public void ends(Span unit) {
        standing.remove(unit);
    }

    /** Takes out the units that have stood for the hold, those accepted first first. */
    public List<Span> due(long now) {
        List<Span> due = new ArrayList<>();
        for (Standing next = queue.peek(); next != null && now - next.since >= length; next = queue.peek()) {
            queue.remove();
            // By identity: the same unit may have begun anew since.
            if (standing.get(next.unit) == next) {
                standing.remove(next.unit);
                due.add(next.unit);
            }
        }
        return due;
    }
}
