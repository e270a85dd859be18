package io.flockwork.worker.lease;

import io.flockwork.sdk.model.Span;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The units of a job that this worker was given and has not told of yet. Confined to the agent's thread. */
final class Hand {
    private final Set<Span> units = new LinkedHashSet<>();
    private long indices;

    /** False when it is there already. */
    boolean add(Span unit) {
        boolean isNew = units.add(unit);
        indices += isNew ? unit.size() : 0;
        return isNew;
    }

    void remove(Span unit) {
        if (units.remove(unit)) {
            indices -= unit.size();
        }
    }

    void clear() {
        units.clear();
        indices = 0;
    }

    boolean contains(Span unit) {
        return units.contains(unit);
    }

    int size() {
        return units.size();
    }

    /** Indices of all units together. */
    long indices() {
        return indices;
    }

    /** In the order in which they came. */
    List<Span> units() {
        return List.copyOf(units);
    }
}
